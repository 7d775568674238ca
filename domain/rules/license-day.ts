import { dayOf } from '../calendar.ts';
import { reviewRules } from '../rules-of.ts';
import type { Policy } from '../policy.ts';

/** The calendar day (YYYY-MM-DD) on which a license is issued at a moment in epoch milliseconds: in the authority's zone, in UTC where the policy names none. */
export function licenseDay(policy: Policy, at: number): string {
  const { day } = reviewRules(policy);
  return day.reading === 'exact' ? new Date(at).toISOString().slice(0, 10) : dayOf(day.zone, at);
}

import { dayOf, monthsAfter } from '../calendar.ts';
import type { Policy } from '../policy.ts';
import { reviewRules } from '../rules-of.ts';
import { dayOf as utcDayOf } from '../stage.ts';

/** The calendar day (YYYY-MM-DD) of a moment in epoch milliseconds as the authority has it: in its zone, in UTC where the policy names none. */
export function authorityDay(policy: Policy, at: number): string {
  const { day } = reviewRules(policy);
  return day.reading === 'exact' ? utcDayOf(at) : dayOf(day.zone, at);
}

/** The last calendar day of a license that names none, by the policy's months from its issue; null where the policy knows no such limit. */
export function lastLicenseDay(policy: Policy, issuedAt: number): string | null {
  const months = policy.edition === 1 ? null : policy.license.validMonths;
  return months === null ? null : monthsAfter(authorityDay(policy, issuedAt), months);
}

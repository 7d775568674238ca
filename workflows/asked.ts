import type { Plan } from '../domain/plan.ts';

/** Since when (epoch milliseconds) somebody is asked for an act, by `ROLE:ACT`. */
export type AskedSince = Readonly<Record<string, number>>;

const actsAsked = ({ asks }: Plan): string[] => asks.flatMap(({ role, acts }) => acts.map((act) => `${role}:${act}`));

/** Since when each act is asked for: as before where it was, else since `now`. */
export const askedSince = (plan: Plan, before: AskedSince, now: number): AskedSince =>
  Object.fromEntries(actsAsked(plan).map((one) => [one, before[one] ?? now]));

/** What an inbox tells of each role: since when it is asked, and by when at the latest. */
export function askedTold(plan: Plan, since: AskedSince): string[] {
  const roles = [...new Set(plan.asks.filter(({ acts }) => acts.length > 0).map(({ role }) => role))];
  return roles.map((role) => {
    const asks = plan.asks.filter((ask) => ask.role === role);
    const first = asks.flatMap(({ acts }) => acts.flatMap((act) => since[`${role}:${act}`] ?? [])).reduce((a, b) => Math.min(a, b), Infinity);
    const due = asks.reduce((earliest, { dueAt = Infinity }) => Math.min(earliest, dueAt), Infinity);
    return `${role} since ${iso(first)}${due === Infinity ? '' : ` due ${iso(due)}`}`;
  });
}

const iso = (at: number): string => new Date(at).toISOString();

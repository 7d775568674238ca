import type { Act, ActName } from '../../../domain/acts.ts';
import type { Command } from '../../../domain/order.ts';
import { longTime } from '../bounds.ts';
import type { Candidate, Column } from '../commands.ts';
import type { Seen } from '../core.ts';
import type { Notes } from '../notes.ts';
import { answersTo, changeOf, failedWith, runningSteps } from '../reports-to-try.ts';
import { day } from '../../support/orders.ts';
import { actsOfReview, actsWith, afterMistake, reviewActsByAnotherRole } from './acts.ts';
import type { ReviewBounds } from './bounds.ts';

interface Timeless {
  readonly column: Column;
  readonly command: Command;
}
const act = (column: Column) => (one: Act) => ({ column, act: one });

/** Acts that no walk tries whose bounds leave them out. */
const leftOut = ({ policy, parks, offers, from, to, questions, stepsFail }: ReviewBounds): readonly ActName[] => [
  ...(parks ? [] : (['hold-without-action', 'resume-review'] as const)),
  ...(offers ? [] : (['propose-conditions', 'concur', 'accept-conditions', 'counter-conditions', 'decline-conditions'] as const)),
  ...(questions > 0 ? [] : (['request-information', 'answer-information', 'withdraw-request'] as const)),
  ...(policy.quotas ? [] : (['recheck-stock', 'amend'] as const)),
  ...(from === 'papers' ? [] : (['certify', 'issue-end-user-statement', 'rule-on-classification', 'confirm-filing', 'resubmit'] as const)),
  ...(stepsFail ? [] : (['retry-step', 'settle-step'] as const)),
  ...(to === 'correction' ? (['withdraw-application', 'return-without-action'] as const) : (['correct'] as const)),
];

/** What may be asked where the bounds say how often: one question open at a time, one resubmission, one intent to deny given up, one correction. */
function isWithin(one: Act, { notes: { review } }: Seen, bounds: ReviewBounds): boolean {
  if (one.name === 'correct') return review.corrected === 0;
  if (one.name === 'issue-license' && one.licenseNumber === afterMistake.licenseNumber) return review.corrected > 0;
  if (one.name === 'resubmit') return review.past === 0;
  if (one.name === 'rescind-intent-to-deny') return review.notices < 2;
  if (one.name !== 'request-information') return true;
  const isNew = !review.asked.includes(one.number);
  return !isNew || (review.open.length === 0 && review.asked.length < bounds.questions && one.number === `Q-${review.asked.length + 1}`);
}

/** Whether one agency alone votes. */
const isLoneVote = (one: Act): boolean => one.name === 'decide-appeal' && [one.votesToApprove ?? [], one.votesToDeny ?? []].flat().length === 1;

/** What may come to an order within the bounds of a walk of its review. */
export function reviewCommands(bounds: ReviewBounds): (seen: Seen) => Candidate[] {
  const excluded = leftOut(bounds);
  const names = actsOfReview.filter((name) => !excluded.includes(name));
  const own = names.flatMap((name) => actsWith([name], bounds.words).map(act(name))).filter((one) => bounds.votes === 'many' || !isLoneVote(one.act));
  const others = (bounds.otherRoles ? reviewActsByAnotherRole : []).map(act('by-another-role'));
  return (seen) => {
    const { now, plan } = seen;
    const acts = own.filter((one) => isWithin(one.act, seen, bounds)).map(({ column, act: one }): Timeless => ({ column, command: { type: 'act', act: one } }));
    const timeless = [...acts, ...stepsAndReports(seen, bounds), ...policyChanges(seen, bounds)];
    const once = others.map(({ column, act: one }): Timeless => ({ column, command: { type: 'act', act: one } }));
    const atThe = (at: number, all: readonly Timeless[]): Candidate[] => all.map((one) => ({ ...one, at }));
    return [...atThe(now, [...timeless, ...once]), ...moments(seen, bounds), ...(plan.deadline ? atThe(plan.deadline.at, timeless) : [])];
  };
}

function policyChanges({ order }: Seen, { holds }: ReviewBounds): Timeless[] {
  const next = order.policyEpoch + 1;
  return holds.flatMap((id): Timeless[] => [
    { column: 'hold', command: { type: 'policy-changed', change: changeOf(id, 'hold', next) } },
    { column: 'lift', command: { type: 'policy-changed', change: changeOf(id, 'lift', next) } },
  ]);
}

/** That stock may be short is walked in orders of edition 1. */
const isShort = (command: Command): boolean => command.type === 'step-done' && 'outcome' in command.report.result && command.report.result.outcome === 'short';

const stepsAndReports = ({ order, plan }: Seen, { stepsFail, holds }: ReviewBounds): Timeless[] => [
  ...plan.run.map(({ step }): Timeless => ({ column: 'step-started', command: { type: 'step-started', step } })),
  ...runningSteps(order).flatMap((step): Timeless[] => [
    ...answersTo(order, step, holds)
      .filter((command) => !isShort(command))
      .map((command): Timeless => ({ column: 'step-done', command })),
    ...(stepsFail ? [{ column: 'step-failed', command: failedWith(step, order.steps[step]?.wish ?? 0) } as const] : []),
  ]),
];

/** Whether agencies are being asked. */
export const isAsked = ({ application }: Notes): boolean => application === 'referred' || application === 'referred-opaque';

/** Moments at which time alone is looked at: around the deadline, and around the last day to ask where questions may be asked. */
function moments({ now, plan, notes }: Seen, { questions }: ReviewBounds): Candidate[] {
  const passes = (at: number): Candidate => ({ column: 'time-passes', command: { type: 'deadline-reached' }, at });
  const due = plan.deadline?.at;
  const later: Candidate[] =
    due === undefined ? [passes(now + longTime)] : [passes(due), { ...passes(due - 1), isLookedAtOnly: true }, { ...passes(due + 1), isLookedAtOnly: true }];
  const isFresh = questions > 0 && isAsked(notes) && notes.review.referredAt === now && (due === undefined || due > now + 11 * day);
  return [passes(now), ...later, ...(isFresh ? [passes(now + 9 * day), passes(now + 11 * day)] : [])];
}

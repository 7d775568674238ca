import type { Act, ActName } from '../../domain/acts.ts';
import { reviewRules } from '../../domain/rules-of.ts';
import type { Command } from '../../domain/order.ts';
import { stepKey } from '../../domain/steps.ts';
import { actsByAnotherRole, entitledActs, laterActs } from './acts-to-try.ts';
import { type Bounds, longTime, partOfTheTime } from './bounds.ts';
import type { Seen } from './core.ts';
import { answersTo, changeOf, failedWith, runningSteps, strayReports } from './reports-to-try.ts';

export const factColumns = [
  'submitted',
  'step-started',
  'step-done',
  'step-failed',
  'stray-report',
  'time-passes',
  'hold',
  'late-hold',
  'lift',
  'stock-freed',
  'not-retold',
] as const;
/** What a command is told under in the matrix. */
export type Column = ActName | 'by-another-role' | 'later-act' | (typeof factColumns)[number];

/** A command at a moment (epoch milliseconds), and the column of the matrix in which it is told. */
export interface Candidate {
  readonly column: Column;
  readonly command: Command;
  readonly at: number;
  /** Judged, and what comes of it looked at, but not followed further. */
  readonly isLookedAtOnly?: true;
}
type Timeless = Omit<Candidate, 'at'>;

const asCommand = (act: Act): Command => ({ type: 'act', act });
const everyAct: readonly Timeless[] = [
  ...entitledActs.map((act) => ({ column: act.name, command: asCommand(act) })),
  ...actsByAnotherRole.map((act) => ({ column: 'by-another-role', command: asCommand(act) }) as const),
];

/** Refused before anything of the order is looked at, so they are tried at one moment only. */
const everyLaterAct: readonly Timeless[] = laterActs.map((act) => ({ column: 'later-act', command: asCommand(act) }));

const notRetold: Command = {
  type: 'not-retold',
  entry: { type: 'policy-changed', at: 0, after: [], change: changeOf('P-7', 'hold', 1) },
  why: { refused: 'not-yet', message: 'too early', accepted: 'later' },
};
const everyMoment: readonly Timeless[] = [
  { column: 'submitted', command: { type: 'submitted' } },
  { column: 'not-retold', command: notRetold },
];

function policyChanges(seen: Seen, bounds: Bounds): Timeless[] {
  const next = seen.order.policyEpoch + 1;
  return bounds.holds.flatMap((id) => [
    { column: 'hold', command: { type: 'policy-changed', change: changeOf(id, 'hold', next) } },
    { column: 'late-hold', command: { type: 'policy-changed', change: changeOf(id, 'hold', 0) } },
    { column: 'lift', command: { type: 'policy-changed', change: changeOf(id, 'lift', next) } },
    { column: 'lift', command: { type: 'policy-changed', change: changeOf(id, 'lift', 0) } },
  ]);
}

/** The ledger's word on the call by which the order may wait, and on the one before. */
function wordsOfStock({ order }: Seen): Timeless[] {
  const wish = order.steps['reserve-stock']?.wish ?? 0;
  return [wish, wish - 1].map((one) => ({ column: 'stock-freed', command: { type: 'stock-freed', key: stepKey(order.terms.id, 'reserve-stock', one) } }));
}

function stepsAndReports({ order, plan }: Seen, bounds: Bounds): Timeless[] {
  return [
    ...plan.run.map(({ step }): Timeless => ({ column: 'step-started', command: { type: 'step-started', step } })),
    ...runningSteps(order).flatMap((step): Timeless[] => [
      ...answersTo(order, step, bounds.holds).map((command): Timeless => ({ column: 'step-done', command })),
      ...(bounds.stepsFail ? [{ column: 'step-failed', command: failedWith(step, order.steps[step]?.wish ?? 0) } as const] : []),
    ]),
    ...strayReports(order).map((command): Timeless => ({ column: 'stray-report', command })),
  ];
}

/** Moments at which time alone is looked at. */
function moments({ now, plan, order }: Seen): number[] {
  const due = plan.deadline?.at;
  if (due === undefined) return [now, now + longTime];
  return [now, due - 1, due, due + 1, ...(due - now === reviewRules(order.policy).opinionMs ? [now + partOfTheTime] : [])];
}

/** Every command that may come to an order as it stands: now, and in the very moment of its deadline. */
export function commandsAt(seen: Seen, bounds: Bounds): Candidate[] {
  const { now, plan } = seen;
  const timeless = [...everyAct, ...stepsAndReports(seen, bounds), ...policyChanges(seen, bounds), ...wordsOfStock(seen), ...everyMoment];
  const atThe = (at: number): Candidate[] => timeless.map(({ column, command }) => ({ column, command, at }));
  const time = moments(seen).map((at): Candidate => ({ column: 'time-passes', command: { type: 'deadline-reached' }, at }));
  return [...atThe(now), ...everyLaterAct.map((one) => ({ ...one, at: now })), ...time, ...(plan.deadline ? atThe(plan.deadline.at) : [])];
}

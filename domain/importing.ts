import type { OrderEvent } from './events.ts';
import { type Command, evolve, take } from './order.ts';
import { type Import, importDigest, type ImportMark, type Past } from './past.ts';
import { plan } from './plan.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { meaningOf } from './reports.ts';
import { assumedAnswer, isAssumed } from './rules/untold-steps.ts';
import type { Primitives } from './signing/primitives.ts';
import type { Signed } from './signing/signed.ts';
import type { Order } from './state.ts';
import type { StepName } from './steps.ts';

/** What an order lived through before it was imported: facts at their own times, and the order after them. */
export interface Lived {
  readonly events: readonly OrderEvent[];
  readonly order: Order;
}

/** Why a past cannot have been: the place of the entry in it where one is at fault. */
export interface PastFault {
  readonly index?: number;
  readonly refusal: Refusal;
}

export const isPastFault = (answer: Lived | PastFault): answer is PastFault => 'refusal' in answer;

/**
 * An order that begins here in the midst of its life: `opened` goes through what is told of its past by the very rules by which orders are carried, at the
 * times of then, up to the moment at which it is recorded. What is still open of it, and what this desk's ledger does not know, it then wants anew.
 */
export function importedOrder(opened: Order, told: Import, primitives: Primitives, signed?: Signed): Lived | PastFault {
  const { recordedAt, submittedAt, past, notYet } = told;
  const digest = importDigest(told, primitives);
  const lived = liveThrough(opened, told);
  if (isPastFault(lived)) return lived;
  const [first, ...rest] = lived.events;
  if (!first) throw new Error(`order ${opened.terms.id} was submitted, and nothing is told of it`);
  const begun = { type: 'order-imported', by: 'seller.desk', recordedAt, digest, past, notYet, at: submittedAt, ...(signed && { signed }) } as const;
  const events: OrderEvent[] = [begun, ...rest, { type: 'import-completed', digest, at: recordedAt }];
  return { events, order: events.reduce(evolve, opened) };
}

/** The order as its past has left it at the moment of recording, before anything is wanted anew. */
export function liveThrough({ actors: _taken, ...opened }: Order, told: Import): Lived | PastFault {
  const { recordedAt, submittedAt, past } = told;
  const untimely = timeFault(told);
  if (untimely) return untimely;
  let life = live({ order: opened, events: [] }, { type: 'submitted' }, submittedAt, () => ({ recordedAt }));
  if (isRefusal(life)) return { refusal: life };
  for (const [index, entry] of past.entries()) {
    const next = after(assumed(life, past.slice(index), submittedAt, recordedAt), entry, recordedAt);
    if (isRefusal(next)) return { index, refusal: withUntold(next, life) };
    life = next;
  }
  const now = letTimePass(life, recordedAt, recordedAt);
  return untoldFault(now, told) ?? now;
}

function timeFault({ submittedAt, recordedAt, past }: Import): PastFault | undefined {
  if (submittedAt > recordedAt)
    return { refusal: refuse('past-refused', `submitted on ${said(submittedAt)}, which is still to come`, 'a moment that has come') };
  for (const [index, { at }] of past.entries()) {
    const earliest = past[index - 1]?.at ?? submittedAt;
    const fault =
      at < earliest
        ? refuse('past-refused', `${said(at)} is earlier than ${index === 0 ? 'the submission' : 'what is told before it'}`, `${said(earliest)} or later`)
        : at > recordedAt
          ? refuse('past-refused', `${said(at)} is still to come`, `a moment until ${said(recordedAt)}`)
          : undefined;
    if (fault) return { index, refusal: fault };
  }
  return undefined;
}

/** What one entry brings about, once time has passed until then; or why it cannot have been. */
function after(before: Lived, entry: Past, recordedAt: number): Lived | Refusal {
  const life = letTimePass(before, entry.at, recordedAt);
  const shown = { recordedAt, evidence: entry.evidence };
  switch (entry.type) {
    case 'act':
      return live(life, { type: 'act', act: entry.act }, entry.at, ({ act }) => (act ? shown : { recordedAt }));
    case 'step':
      return answered(life, entry.step, entry.answer, entry.at, shown);
    case 'hold':
    case 'lift': {
      const { type: effect, hold: id, reason, at } = entry;
      // The board here knows no number of it.
      const held = live(life, { type: 'policy-changed', change: { id, effect, epoch: 0, reason } }, at, () => shown);
      if (isRefusal(held) || held.events.length > life.events.length) return held;
      return refuse('past-refused', `${effect} ${id} changes nothing there`, 'a hold under a name of its own, and its lift');
    }
  }
}

function answered(life: Lived, step: StepName, result: Extract<Past, { type: 'step' }>['answer'], at: number, shown: ImportMark): Lived | Refusal {
  if (!plan(life.order).run.some((call) => call.step === step))
    return refuse('past-refused', `the order did not want ${step} then: it was at ${plan(life.order).stage}`, 'an answer that the order waited for');
  const wish = life.order.steps[step]?.wish ?? 0;
  const started = live(life, { type: 'step-started', step }, at, () => shown);
  if (isRefusal(started)) return started;
  const own = 1 + meaningOf(started.order, step, result, at).length;
  return live(started, { type: 'step-done', report: { step, wish, result } }, at, (_event, index) => (index < own ? shown : { recordedAt: shown.recordedAt }));
}

/** Lets steps be done that only this desk's own systems know, and of which nothing is told: it went on, so they were. */
function assumed(life: Lived, toCome: readonly Past[], since: number, recordedAt: number): Lived {
  const call = plan(life.order).run.find(({ step }) => isAssumed(step) && !toCome.some((entry) => entry.type === 'step' && entry.step === step));
  if (!call) return life;
  const next = answered(life, call.step, assumedAnswer(life.order, call.step), latestOf(life, since), { recordedAt });
  if (isRefusal(next)) throw new Error(`order ${life.order.terms.id}: ${call.step} was wanted and not taken: ${next.message}`);
  return assumed(next, toCome, since, recordedAt);
}

const letTimePass = (life: Lived, at: number, recordedAt: number): Lived => {
  const next = live(life, { type: 'deadline-reached' }, at, () => ({ recordedAt }));
  if (isRefusal(next)) throw new Error(`order ${life.order.terms.id}: time was refused: ${next.message}`);
  return next;
};

/** The order after a command of then, its facts marked as those of an import. */
function live({ order, events }: Lived, command: Command, at: number, mark: (event: OrderEvent, index: number) => ImportMark): Lived | Refusal {
  const taken = take(order, command, at);
  if (isRefusal(taken)) return taken;
  return { order: taken.order, events: [...events, ...taken.events.map((event, index) => ({ ...event, imported: mark(event, index) }))] };
}

const latestOf = ({ events }: Lived, since: number): number => events.reduce((latest, { at }) => Math.max(latest, at), since);

/** Steps that cannot be undone, which the order wants and of which nothing is told. */
const untoldIn = ({ order }: Lived): StepName[] => plan(order).run.flatMap(({ step }) => (isAssumed(step) ? [] : [step]));

/** A refusal that may come of a step of which nothing is told says so. */
function withUntold(refusal: Refusal, life: Lived): Refusal {
  const [untold] = untoldIn(life);
  return untold === undefined ? refusal : { ...refusal, message: `${refusal.message}; ${untold} is not told before it` };
}

function untoldFault(life: Lived, { submittedAt, notYet }: Import): PastFault | undefined {
  const untold = untoldIn(life);
  const [open] = untold.filter((step) => !notYet.includes(step));
  if (open !== undefined)
    return {
      refusal: refuse(
        'past-refused',
        `${open}, wanted since ${said(latestOf(life, submittedAt))}, is not told: did it happen?`,
        `it in \`past\` with its answer, or ${open} in \`notYet\``,
      ),
    };
  const unwanted = notYet.find((step) => !untold.includes(step));
  if (unwanted !== undefined)
    return { refusal: refuse('past-refused', `notYet names ${unwanted}, which the order does not want by now`, `of ${untold.join(', ') || 'no step'}`) };
  const [hold] = Object.entries(life.order.holds).filter(([, state]) => state === 'on');
  return hold
    ? {
        refusal: refuse(
          'past-refused',
          `hold ${hold[0]} is not lifted, and the policy board here does not know it`,
          'its lift; a new hold is put on the board',
        ),
      }
    : undefined;
}

const said = (at: number): string => new Date(at).toISOString().replace('T00:00:00.000Z', '').replace(':00.000Z', 'Z');

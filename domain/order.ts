import { type Act, type ActName, actNames, actSpec } from './acts.ts';
import type { ActSpec } from './acts/spec.ts';
import { anyStageActs, anyStageEvolutions } from './any-stage.ts';
import type { EventType, OrderEvent } from './events.ts';
import { plan } from './plan.ts';
import type { PolicyChange } from './policy-change.ts';
import { policyFacts } from './policy-facts.ts';
import { isRefusal, type Refusal, refuse } from './refusal.ts';
import { meaningOf } from './reports.ts';
import type { ActRules, Evolutions } from './stage.ts';
import { amendmentActs, amendmentEvolutions } from './stages/amendments.ts';
import { allocationActs, allocationEvolutions, stockFreed } from './stages/allocation.ts';
import { conditionActs, conditionEvolutions } from './stages/conditions.ts';
import { correctionActs, correctionEvolutions, withDecision } from './stages/corrections.ts';
import { chinaReviewActs, chinaReviewEvolutions } from './stages/china-review.ts';
import { exportActs, exportEvolutions } from './stages/export.ts';
import { fulfillment, fulfillmentActs, fulfillmentEvolutions } from './stages/fulfillment.ts';
import { goodsActs, goodsEvolutions } from './stages/goods.ts';
import { importEvolutions } from './stages/imported.ts';
import { intakeActs, intakeEvolutions } from './stages/intake.ts';
import { usReviewActs, usReviewEvolutions } from './stages/us-review.ts';
import { firstLapse } from './stages/us-review/clocks.ts';
import { filingAt } from './stages/us-review/filing.ts';
import { closingAt } from './stages/us-review/opinions.ts';
import { endingOf, waveActs, waveEvolutions, wavesAt } from './stages/waves.ts';
import { type Actors, dutyFault, withActors } from './signing/duties.ts';
import { standingFault } from './signing/standing.ts';
import type { Signed } from './signing/signed.ts';
import { activeHolds, isHeld, type Order, type Outcome } from './state.ts';
import { nameOf, type Retold } from './retold.ts';
import type { Report, StepName } from './steps.ts';
import type { StockFreed } from './stock-freed.ts';
import type { OrderTerms } from './terms.ts';
import type { Policy } from './policy.ts';

/** Everything that can come to an order. Acts may be refused; the others are facts and are taken in every state. */
export type Command =
  | { readonly type: 'submitted'; readonly signed?: Signed | undefined }
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'step-started'; readonly step: StepName }
  | { readonly type: 'step-done'; readonly report: Report }
  | { readonly type: 'step-failed'; readonly step: StepName; readonly wish: number; readonly reason: string }
  | { readonly type: 'deadline-reached' }
  | { readonly type: 'policy-changed'; readonly change: PolicyChange }
  | StockFreed
  | { readonly type: 'not-retold'; readonly entry: Retold; readonly why: Refusal };

/** An order before anything has happened to it. With `actors`, it takes signed acts alone. */
export const openOrder = (terms: OrderTerms, policy: Policy, actors?: Actors): Order => ({
  terms,
  policy,
  intake: { state: 'screening' },
  allocation: { state: 'unallocated' },
  usReview: { state: 'not-submitted' },
  chinaReview: { state: 'not-applied' },
  fulfillment: { state: 'not-started' },
  levyMinor: 0,
  steps: {},
  holds: {},
  policyEpoch: 0,
  acts: {},
  outcome: undefined,
  ...(actors && { actors }),
});

const actRules: ActRules<ActName> = {
  ...anyStageActs,
  ...intakeActs,
  ...amendmentActs,
  ...correctionActs,
  ...allocationActs,
  ...usReviewActs,
  ...conditionActs,
  ...chinaReviewActs,
  ...exportActs,
  ...fulfillmentActs,
  ...goodsActs,
  ...waveActs,
};
const evolutions: Evolutions<EventType> = {
  ...anyStageEvolutions,
  ...intakeEvolutions,
  ...amendmentEvolutions,
  ...correctionEvolutions,
  ...allocationEvolutions,
  ...usReviewEvolutions,
  ...conditionEvolutions,
  ...chinaReviewEvolutions,
  ...exportEvolutions,
  ...fulfillmentEvolutions,
  ...goodsEvolutions,
  ...waveEvolutions,
  ...importEvolutions,
};

/** The name of every fact that may come to stand in an order's record. */
export const eventTypes: readonly string[] = Object.keys(evolutions);

/**
 * May this happen at `now` (epoch milliseconds), and what follows? Time that has passed is settled first: every clock due
 * at or before `now` lapses, then the command is judged, so it does not matter whether the alarm rang before. A refusal
 * changes nothing.
 */
export function decide(order: Order, command: Command, now: number): OrderEvent[] | Refusal {
  const taken = take(order, command, now);
  return isRefusal(taken) ? taken : taken.events;
}

/** What follows from a command, and the order after it: `decide` and `evolve` at one go, for those who need both. */
export function take(order: Order, command: Command, now: number): { readonly events: OrderEvent[]; readonly order: Order } | Refusal {
  const lapsed = silences(order, now);
  const then = lapsed.reduce(evolve, order);
  const answer = answerTo(then, command, now);
  return isRefusal(answer) ? answer : withConsequences([...lapsed, ...answer], answer.reduce(evolve, then), now);
}

/** The order after a fact. */
export function evolve(order: Order, event: OrderEvent): Order {
  const next = withDecision(order, event, evolved(order, event.type, event));
  const known = event.act && event.by ? { ...next, acts: { ...next.acts, [event.act.id]: { by: event.by, content: event.act.content } } } : next;
  return event.signed && known.actors ? { ...known, actors: withActors(known.actors, event.signed) } : known;
}

/** The order once time has passed for it until `now`: what a person looks at who decides now. */
export const lapsed = (order: Order, now: number): Order => silences(order, now).reduce(evolve, order);

const evolved = <T extends EventType>(order: Order, type: T, event: OrderEvent<T>): Order => evolutions[type](order, event);

/** What time alone has brought about until `now`, each at its own moment, and what follows from it then. */
function silences(order: Order, now: number): OrderEvent[] {
  const lapse = firstLapse(order, now);
  if (!lapse) return [];
  const lapsedTo = lapse.events.reduce(evolve, order);
  const closing = closingAt(lapsedTo, lapse.at);
  return [...lapse.events, ...closing, ...silences(closing.reduce(evolve, lapsedTo), now)];
}

/** And what follows by itself from where the order stands then, until nothing follows any more. */
function withConsequences(events: OrderEvent[], order: Order, at: number): { events: OrderEvent[]; order: Order } {
  const next = order.outcome === undefined ? [...closingAt(order, at), ...filingAt(order, at), ...wavesAt(order, at), ...deliveryAt(order, at)] : [];
  return next.length === 0 ? { events, order } : withConsequences([...events, ...next], next.reduce(evolve, order), at);
}

const deliveryAt = (order: Order, at: number): OrderEvent[] => (fulfillment.isDone(order) ? [{ type: 'order-ended', ...endingOf(order), at }] : []);

function answerTo(order: Order, command: Command, at: number): OrderEvent[] | Refusal {
  switch (command.type) {
    case 'submitted':
      return [{ type: 'order-submitted', by: 'seller.desk', at, ...(command.signed && { signed: command.signed }) }];
    case 'act':
      return answerToAct(order, command.act, at);
    case 'step-started':
      return [{ type: 'step-started', step: command.step, wish: order.steps[command.step]?.wish ?? 0, at }];
    case 'step-done':
      return isAwaited(order, command.report) ? doneWith(order, command.report.step, command.report, at) : [];
    case 'step-failed':
      return isAwaited(order, command) ? [{ type: 'step-failed', step: command.step, reason: command.reason, at }] : [];
    case 'deadline-reached':
      return [];
    case 'policy-changed':
      return order.outcome === undefined ? policyFacts(order, command.change, at) : [];
    case 'stock-freed':
      return order.outcome === undefined ? stockFreed(order, command.key, at) : [];
    case 'not-retold':
      return [
        {
          type: 'not-retold',
          what: nameOf(command.entry),
          code: command.why.refused,
          reason: command.why.message,
          at,
        },
      ];
  }
}

/** A report counts while its wish is in flight; the same report a second time changes nothing. */
const isAwaited = (order: Order, report: { readonly step: StepName; readonly wish: number }): boolean => {
  const progress = order.steps[report.step];
  return progress?.state === 'running' && progress.wish === report.wish;
};

const doneWith = <S extends StepName>(order: Order, step: S, report: Report<S>, at: number): OrderEvent[] => [
  { type: 'step-done', step, at },
  ...meaningOf(order, step, report.result, at),
];

/** The rules that hold for every act, before the stage's own. */
function answerToAct(order: Order, act: Act, at: number): OrderEvent[] | Refusal {
  const { id } = order.terms;
  const before = Object.hasOwn(order.acts, act.id) ? order.acts[act.id] : undefined;
  if (before)
    return before.content === contentOf(act)
      ? []
      : refuse('act-conflict', `act id ${act.id} of order ${id} stands for another act of ${before.by}: ${before.content}`, 'a new act id for another act');
  const spec = actSpec(act.name);
  const unfit = actorFault(order, act) ?? editionFault(order, act);
  if (unfit) return unfit;
  if (order.outcome !== undefined && !isTakenAfter(order.outcome, act.name))
    return refuse('order-closed', `order ${id} has ended: ${order.outcome}`, 'an order that is open');
  if (spec.whileHeld === 'refused' && isHeld(order))
    return refuse('held', `order ${id} is held by ${activeHolds(order).join(', ')}`, `${act.name} once the hold is lifted`);
  const answer = ruled(order, act.name, act, at);
  if (isRefusal(answer)) return answer;
  // An ended order takes a word until it is closed: a later one would open again what was told as closed.
  if (order.outcome !== undefined && plan(order).closed) return refuse('order-closed', `order ${id} is closed: ${order.outcome}`, 'an order that is open');
  const author = { by: act.by, act: { id: act.id, content: contentOf(act) }, ...(act.signed && { signed: act.signed }) };
  return answer.map((event) => ({ ...event, ...author }));
}

/** Whether an order that has ended takes an act: the mending of a step, and the appeal of a denial. */
const isTakenAfter = (outcome: Outcome, name: ActName): boolean =>
  name === 'retry-step' || name === 'settle-step' || (name === 'appeal-denial' && outcome === 'denied-by-us');

/** An order keeps the rules under which it was submitted: it refuses acts and fields that came later, and appeals of agencies. */
function editionFault({ terms, policy }: Order, act: Act): Refusal | undefined {
  if (policy.edition !== 1) return undefined;
  const { since, fields }: ActSpec = actSpec(act.name);
  if (act.name === 'escalate' && act.by !== 'us.commerce') return refuse('not-entitled', `${act.by} may not escalate`, 'escalate by us.commerce');
  const said: Readonly<Record<string, unknown>> = act;
  const later = Object.keys(fields).find((name) => fields[name]?.since !== undefined && said[name] !== undefined);
  if (since === undefined && later === undefined) return undefined;
  const what = since === undefined ? `${later} of ${act.name}` : act.name;
  return refuse('not-in-policy', `order ${terms.id} was submitted under rules that do not know ${what}`, 'an order under a policy of today');
}

/** Why whoever does this may not: by role, and where acts are signed, by person. */
function actorFault(order: Order, { name, by, signed }: Act): Refusal | undefined {
  const entitled = actSpec(name).by;
  if (!entitled.includes(by)) return refuse('not-entitled', `${by} may not ${name}`, `${name} by ${entitled.join(' or ')}`);
  if (!order.actors) return undefined;
  if (signed) return standingFault(name, by, signed) ?? dutyFault(order.actors, signed);
  return refuse('signature-missing', `order ${order.terms.id} takes signed acts alone, and ${name} is not signed`, 'an envelope: twokey act signs it');
}

/** What an act of each name may say, in the order of the alphabet. */
const saidBy: ReadonlyMap<ActName, readonly string[]> = new Map(
  actNames.map((name) => [name, ['by', 'name', ...Object.keys(actSpec(name).fields)].toSorted()]),
);

/** All that an act says but its id, the same text whatever the order of its fields. */
function contentOf(act: Act): string {
  const fields: Readonly<Record<string, unknown>> = act;
  const said: Record<string, unknown> = {};
  for (const name of saidBy.get(act.name) ?? []) said[name] = fields[name];
  return JSON.stringify(said);
}

const ruled = <N extends ActName>(order: Order, name: N, act: Act<N>, at: number): OrderEvent[] | Refusal => actRules[name](order, act, at);

import { describe, expect, it } from 'vitest';
import { importedOrder, isPastFault, liveThrough } from '../../domain/importing.ts';
import { type Command, evolve, openOrder, take } from '../../domain/order.ts';
import type { Import, Past } from '../../domain/past.ts';
import { plan } from '../../domain/plan.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { assumedAnswer, isAssumed } from '../../domain/rules/untold-steps.ts';
import { isHeld, type Order } from '../../domain/state.ts';
import type { StepName, StepResults } from '../../domain/steps.ts';
import { unitsDelivered, unitsShipped, unitsToShip } from '../../domain/waves.ts';
import { readScenario } from '../../edge/scenario-file.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { library } from './library.ts';
import { lifeIn, type LivedOrder, type Told } from './pasts.ts';

/** What an import does not tell: steps that failed, what the ledger and the policy board said. */
const untellable: ReadonlySet<string> = new Set(['step-failed', 'stock-freed', 'shipment-refused']);
/** What another ledger may say otherwise when it is asked anew; units that fail are told by their lots, which are others there. */
const otherwise: ReadonlySet<string> = new Set([...untellable, 'stock-short', 'quota-reached', 'units-replaced']);

/** An order at a moment of its life at which somebody may import it elsewhere. */
interface Moment {
  readonly opened: Order;
  readonly before: Order;
  readonly told: Import;
  readonly toCome: readonly Told[];
}

const bare = ({ actors: _actors, ...order }: Order): Order => ({ ...order, policyEpoch: 0 });

function momentsOf({ events, order, submittedAt, told }: LivedOrder): Moment[] {
  const opened = openOrder(order.terms, order.policy);
  return [...told.map(({ place, entry }) => ({ place, at: entry.at })), { place: events.length, at: events.at(-1)?.at ?? submittedAt }].flatMap(
    ({ place, at }, index): Moment[] => {
      const facts = events.slice(0, place);
      const before = bare(facts.reduce(evolve, opened));
      // Answers that come late are told in another order than that of their times.
      const isTold = !facts.some((event, nth) => untellable.has(event.type) || (nth > 0 && event.at < (facts[nth - 1]?.at ?? 0)));
      const isQuiet = !Object.values(before.steps).some(({ state }) => state === 'running');
      if (!isTold || !isQuiet || isHeld(before)) return [];
      const past = told.slice(0, index).map(({ entry }) => entry);
      const notYet = plan(before).run.flatMap(({ step }) => (isAssumed(step) ? [] : [step]));
      return [{ opened, before, told: { submittedAt, recordedAt: at, past, notYet }, toCome: told.slice(index) }];
    },
  );
}

/** Goes on with an order by what the other one was told, until `until`; what it wants anew is granted. */
function goneOn(imported: Order, { before, told: { recordedAt }, toCome }: Moment, until: number): Order {
  const answers = toCome.flatMap(({ entry }) => (entry.type === 'step' ? [entry] : []));
  let [order, at] = [imported, recordedAt];
  const takes = (command: Command): void => {
    const taken = take(order, command, at);
    if (isRefusal(taken)) throw new Error(`${taken.refused}: ${taken.message}`);
    order = taken.order;
  };
  const work = (): void => {
    for (let [call] = plan(order).run; call; [call] = plan(order).run) {
      const { step } = call;
      const wish = order.steps[step]?.wish ?? 0;
      takes({ type: 'step-started', step });
      takes({ type: 'step-done', report: { step, wish, result: answerTo(order, step, answers, before) } });
    }
  };
  const letPass = (moment: number): void => {
    for (let next = plan(order).deadline; next && next.at <= moment; next = plan(order).deadline) {
      at = Math.max(at, next.at);
      takes({ type: 'deadline-reached' });
      work();
    }
    at = Math.max(at, moment);
  };
  work();
  for (const { entry } of toCome) {
    if (entry.type === 'step') continue;
    letPass(entry.at);
    if (entry.type === 'act') takes({ type: 'act', act: entry.act });
    else takes({ type: 'policy-changed', change: { id: entry.hold, effect: entry.type, epoch: 0, reason: entry.reason } });
    work();
  }
  letPass(until);
  return order;
}

type Answer = Extract<Past, { type: 'step' }>;
const redone: ReadonlySet<StepName> = new Set<StepName>(['screen-parties', 'reserve-stock']);

function answerTo(order: Order, step: StepName, toCome: Answer[], { usReview }: Order): StepResults[StepName] {
  const next = toCome.findIndex((one) => one.step === step);
  const [told] = next < 0 ? [] : toCome.splice(next, 1);
  if (told) return told.answer;
  if (step === 'notify-license') return { noticeReference: 'told before' };
  if (!redone.has(step)) throw new Error(`${step} is done a second time`);
  if (step !== 'reserve-stock' || usReview.state !== 'covered') return assumedAnswer(order, step);
  return { outcome: 'reserved', lots: [{ lot: 'L', units: unitsToShip(order) }], license: usReview.license };
}

/** How an order ended, or where it stands. */
const standingOf = (order: Order) => ({
  stage: plan(order).stage,
  outcome: order.outcome,
  usReview: order.usReview,
  chinaReview: order.chinaReview,
  shipped: unitsShipped(order),
  delivered: unitsDelivered(order),
  levyMinor: order.levyMinor,
});

/** How many orders were imported and compared. */
const imports = { alike: 0, goneOn: 0 };

describe.each(library)('the orders of $name', ({ file }) => {
  it('are imported at any moment of their lives as they have lived them, state for state', async () => {
    for (const life of await lifeIn(readScenario(file)))
      for (const { opened, before, told } of momentsOf(life)) {
        const lived = liveThrough(opened, told);
        if (isPastFault(lived)) throw new Error(`${told.past.length} entries: ${lived.refusal.message}`);
        expect(bare(lived.order)).toEqual(before);
        imports.alike += 1;
      }
  });

  it('go on after an import to where they came without it', async () => {
    for (const life of await lifeIn(readScenario(file))) {
      if (life.events.some(({ type }) => otherwise.has(type))) continue;
      for (const moment of momentsOf(life)) {
        const lived = importedOrder(moment.opened, moment.told, nodePrimitives);
        if (isPastFault(lived)) throw new Error(lived.refusal.message);
        expect(standingOf(goneOn(lived.order, moment, life.events.at(-1)?.at ?? 0))).toEqual(standingOf(life.order));
        imports.goneOn += 1;
      }
    }
  });
});

it('were many that were compared', () => expect([imports.alike > 1_000, imports.goneOn > 500]).toEqual([true, true]));

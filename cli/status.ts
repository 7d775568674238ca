import type { Command } from 'commander';
import type { EventType, OrderEvent } from '../domain/events.ts';
import type { Actors } from '../domain/signing/duties.ts';
import { lapsed } from '../domain/order.ts';
import { stockTold } from '../domain/stages/allocation.ts';
import { goodsTold } from '../domain/stages/goods-told.ts';
import { reviewTold } from '../domain/stages/us-review/told.ts';
import { wavesShipped } from '../domain/waves.ts';
import { activeHolds } from '../domain/state.ts';
import { deadlineSummary, plan, waitingOn } from '../domain/plan.ts';
import { orderLink } from '../engine/connect.ts';
import type { OrderRecord } from '../engine/replay.ts';
import { orderTime } from '../engine/time.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { authorOf } from './authors.ts';
import { orderIdOf, withEngine } from './desk.ts';
import { describe } from './narrate.ts';
import { count, createOutput, moment, money } from './output.ts';
import { readRecord } from './read-record.ts';
import { toSign } from './to-sign.ts';

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('tell one order: both keys, clocks, whom it waits on, and all that happened')
    .argument('<order>', 'id of the order', orderIdOf)
    .option('--json', 'print one JSON document')
    .addHelpText('after', "\nRead from the order's own history: no worker is asked, so it works while none runs.")
    .action(async (orderId: string, options: { json?: boolean }) => {
      const out = createOutput(options.json ?? false);
      const { record, signing, ui } = await readStatus(orderId);
      out.result({ ...statusOf(record), signing, ui });
      out.say(...story(record), ...(ui ? ['', ui] : []));
    });
}

const readStatus = (orderId: string) =>
  withEngine(async (engine) => {
    const record = await readRecord(engine, orderId);
    const at = await orderTime(engine.client, orderWorkflowId(orderId));
    const ui = engine.ui ? orderLink(engine.ui, engine.client.options.namespace, orderWorkflowId(orderId)) : null;
    return { record, signing: toSign({ order: lapsed(record.order, at), at }), ui };
  });

/** The status as a script reads it. */
function statusOf({ order, events }: OrderRecord) {
  const next = plan(order);
  return {
    order: order.terms.id,
    stage: next.stage,
    outcome: order.outcome ?? null,
    waitingOn: waitingOn(next.asks),
    asks: next.asks,
    deadline: next.deadline ? new Date(next.deadline.at).toISOString() : null,
    holds: activeHolds(order),
    units: order.terms.units,
    levyMinor: order.levyMinor,
    usKey: order.usReview,
    chinaKey: order.chinaReview,
    goods: order.fulfillment,
    waves: wavesShipped(order),
    steps: order.steps,
    policy: order.policy.id,
    imported: order.imported ?? null,
    actors: order.actors ?? null,
    timeline: events.map(({ type, at, ...rest }) => ({ at: new Date(at).toISOString(), event: type, ...rest })),
  };
}

/** The status as a person reads it. */
function story({ order, events }: OrderRecord): string[] {
  const { terms } = order;
  const next = plan(order);
  const holds = activeHolds(order);
  return [
    `${terms.id}  ${count(terms.units)} x ${terms.product} for ${terms.customer}, ${money(terms.units * terms.unitPriceMinor, terms.currency)}`,
    ...(order.imported ? [`imported     on ${moment(order.imported.recordedAt)}, past sha256 ${order.imported.digest}`] : []),
    ...(terms.replaces === undefined ? [] : [`replaces     ${terms.replaces}`]),
    `stage        ${next.stage}${order.outcome ? ` (${order.outcome})` : ''}${holds.length > 0 ? `, held by ${holds.join(', ')}` : ''}`,
    `US key       ${order.usReview.state}${decidedBy(events, ['license-issued', 'license-denied'])}`,
    ...reviewTold(order).map((line) => `             ${line}`),
    `Chinese key  ${order.chinaReview.state}${decidedBy(events, ['purchase-approved', 'purchase-denied'])}`,
    `goods        ${order.fulfillment.state}, stock ${stockTold(order)}`,
    ...goodsTold(order).map((line) => `             ${line}`),
    `levy         ${money(order.levyMinor, terms.currency)}`,
    ...(next.deadline ? [`deadline     ${moment(next.deadline.at)}  ${deadlineSummary(next.deadline)}`] : []),
    ...next.asks.map((ask) => `waits on     ${ask.role}${ask.acts.length > 0 ? `: ${ask.acts.join(' or ')}` : ': lift'}`),
    ...(order.actors ? [`signed by    ${toldActors(order.actors)}`] : []),
    '',
    ...events.flatMap((event) => {
      const line = describe(event);
      return line === undefined ? [] : [`${moment(event.at)}  ${line}`];
    }),
  ];
}

/** Who turned a key, or did not, and whether they signed it themselves. */
function decidedBy(events: readonly OrderEvent[], types: readonly EventType[]): string {
  const decision = events.findLast(({ type }) => types.includes(type));
  const author = decision && authorOf(decision);
  return author === undefined ? '' : `  [${author}]`;
}

/** Everybody who has signed, and the side for which they act; nobody acts for two. */
const toldActors = (actors: Actors): string =>
  Object.entries(actors)
    .map(([person, side]) => `${person} (${side})`)
    .join(', ') || 'nobody yet: it takes signed acts alone';

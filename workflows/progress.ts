import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { commandOf } from '../domain/act-command.ts';
import { type ActName, actSpec, exampleOf } from '../domain/acts.ts';
import type { ImportedState } from '../domain/past.ts';
import { deadlineSummary, type Plan, waitingOn } from '../domain/plan.ts';
import type { Role } from '../domain/roles.ts';
import { stockTold } from '../domain/stages/allocation.ts';
import { goodsTold } from '../domain/stages/goods-told.ts';
import { reviewTold } from '../domain/stages/us-review/told.ts';
import { activeHolds, type Order } from '../domain/state.ts';
import { askedSince, type AskedSince, askedTold } from './asked.ts';
import { searchAttributes } from './messages.ts';

/** What the Temporal UI and its list show of an order; search attributes change only when something a person waits for did. */
export class Progress {
  #shown = '';
  #asked: AskedSince;

  constructor(asked: AskedSince = {}) {
    this.#asked = asked;
  }

  /** Since when people are asked for what they are. */
  get asked(): AskedSince {
    return this.#asked;
  }

  /** While only steps are in flight, which settle within seconds, the list keeps saying what it said. */
  show(order: Order, plan: Plan, stepsInFlight: number, now: number): void {
    setCurrentDetails(details(order, plan));
    if (stepsInFlight > 0 && plan.asks.length === 0) return;
    this.#asked = askedSince(plan, this.#asked, now);
    const attributes = attributesOf(order, plan, this.#asked);
    const shown = JSON.stringify(attributes.map((pair) => pair.value));
    if (shown === this.#shown) return;
    this.#shown = shown;
    upsertSearchAttributes(attributes);
  }
}

function attributesOf(order: Order, plan: Plan, asked: AskedSince): SearchAttributeUpdatePair[] {
  const list = (values: readonly string[]): string[] | null => (values.length > 0 ? [...values] : null);
  return [
    { key: searchAttributes.stage, value: plan.stage },
    { key: searchAttributes.waitingOn, value: list(waitingOn(plan.asks)) },
    { key: searchAttributes.awaitedActs, value: list(plan.asks.flatMap((ask) => ask.acts.map((act) => `${ask.role}:${act}`))) },
    { key: searchAttributes.asked, value: list(askedTold(plan, asked)) },
    { key: searchAttributes.deadline, value: plan.deadline ? new Date(plan.deadline.at) : null },
    { key: searchAttributes.outcome, value: order.outcome ?? null },
    { key: searchAttributes.held, value: activeHolds(order).length > 0 },
  ];
}

/** Markdown for the tab "User Metadata": stage, keys, clocks, whom it waits on and what they may send. */
function details(order: Order, plan: Plan): string {
  const holds = activeHolds(order);
  return [
    `## ${order.outcome ?? plan.stage}`,
    `**US key** ${order.usReview.state} · **Chinese key** ${order.chinaReview.state} · **Goods** ${order.fulfillment.state} · **Stock** ${stockTold(order)}`,
    ...(order.imported ? [importedTold(order.imported)] : []),
    ...(holds.length > 0 ? [`**Held** by ${holds.join(', ')}: clocks stand still`] : []),
    ...(plan.deadline ? [`**Next deadline** ${new Date(plan.deadline.at).toISOString()}: ${deadlineSummary(plan.deadline)}`] : []),
    ...reviewTold(order).map((line) => `- ${line}`),
    ...goodsTold(order).map((line) => `- ${line}`),
    ...running(order),
    ...failures(order),
    plan.asks.length > 0 ? '### Waiting on' : plan.closed ? '### Closed' : '### Waiting on nobody: work is in progress',
    ...plan.asks.flatMap((ask) => ask.acts.map((act) => `**${ask.role}** ${act}: ${actSpec(act).says}\n\n\`${howTo(order, act, ask.role)}\``)),
    ...(holds.length > 0 ? ['**policy.admin** lifts the hold'] : []),
  ].join('\n\n');
}

const importedTold = ({ recordedAt, digest }: ImportedState): string =>
  `**Imported** on ${new Date(recordedAt).toISOString()}; what is told of its past has the SHA-256 ${digest}`;

/** What to send from the Temporal UI, or the command that signs it. */
const howTo = (order: Order, act: ActName, role: Role): string => (order.actors ? commandOf(order.terms.id, act, role) : exampleOf(act, role));

const running = (order: Order): string[] =>
  Object.entries(order.steps).flatMap(([step, progress]) => (progress.state === 'running' ? [`In progress: ${step}`] : []));

const failures = (order: Order): string[] =>
  Object.entries(order.steps).flatMap(([step, progress]) => (progress.state === 'failed' ? [`**Failed** ${step}: ${progress.reason}`] : []));

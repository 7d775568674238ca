import type { Scenario, ScenarioStep } from '../edge/scenario-file.ts';
import type { Policy } from '../domain/terms.ts';
import type { Database } from '../ledger/database.ts';
import { claimOrders, submittedAt } from '../ledger/orders.ts';
import { receiveLot } from '../ledger/stock.ts';
import { type OrderResult, orderWorkflowId, searchAttributes } from '../workflows/messages.ts';
import { sendAct, whyNotOpen } from './acts.ts';
import type { Engine } from './connect.ts';
import { startOrder } from './orders.ts';
import { untilQuiet } from './quiet.ts';
import { letTimePass, orderTime } from './time.ts';

const day = 86_400_000;

/** What the teller says while a story goes on: on which day of it, of which order, what. */
export type Listener = (line: { readonly day: number; readonly order: string; readonly text: string }) => void;

/** How an order of the story ended, and how it differs from what was expected. */
export interface Ending {
  readonly order: string;
  readonly stage: string;
  readonly outcome: string | null;
  readonly levyMinor: number | null;
  readonly differences: readonly string[];
}

/**
 * Tells a story on a real engine: its calendar is shifted so that its first day is the moment it was first told, real
 * timers run, and all open orders move in step. A story that was interrupted goes on where it was, since every act has
 * an id of its own. Throws where an act of the story is refused.
 */
export async function tellStory(engine: Engine, database: Database, scenario: Scenario, policy: Policy, listen: Listener): Promise<Ending[]> {
  const teller = new Teller(engine, scenario, listen);
  const begun = await submittedAt(
    database,
    scenario.orders.map((order) => order.terms.id),
  );
  const start = begun ?? Date.now();
  teller.begin(start);
  await claimOrders(
    database,
    scenario.orders.map(({ terms }) => ({ terms, policy: policy.id })),
    start,
  );
  for (const lot of scenario.stock)
    await receiveLot(database, { id: lot.lot, product: lot.product, units: lot.units, ...(lot.opens !== undefined && { opensAt: teller.shifted(lot.opens) }) });
  for (const { terms } of scenario.orders) {
    await startOrder(engine.client, engine.taskQueue, terms, policy);
    await teller.greet(terms.id);
  }
  for (const [index, step] of scenario.steps.entries()) await teller.tell(step, `story-${index + 1}`);
  return await Promise.all(scenario.orders.map((order) => teller.ending(order.terms.id)));
}

class Teller {
  readonly #engine: Engine;
  readonly #scenario: Scenario;
  readonly #listen: Listener;
  readonly #seen = new Map<string, string>();
  readonly #endedBefore = new Set<string>();
  #shift = 0;

  constructor(engine: Engine, scenario: Scenario, listen: Listener) {
    this.#engine = engine;
    this.#scenario = scenario;
    this.#listen = listen;
  }

  begin(now: number): void {
    this.#shift = now - this.#scenario.start;
  }

  shifted(at: number): number {
    return at + this.#shift;
  }

  /** Looks at an order for the first time; one that had ended before takes no more part. */
  async greet(order: string): Promise<void> {
    await this.look(order, this.#scenario.start);
    if ((await whyNotOpen(this.#engine.client, order)) !== undefined) this.#endedBefore.add(order);
  }

  /** Lets time pass for every open order until the step is due, then does it. */
  async tell(step: ScenarioStep, id: string): Promise<void> {
    if (this.#endedBefore.has(step.order)) return;
    await Promise.all(this.#scenario.orders.map((order) => this.#waitFor(order.terms.id, step.at)));
    const answer = await sendAct(this.#engine.client, step.order, step.act, { ...step.fields, by: step.by }, id);
    if ('refused' in answer)
      throw new Error(`the story cannot go on: ${step.order} refused ${step.act} by ${step.by} (${answer.refused.code}): ${answer.refused.message}`);
    if (answer.events.length > 0)
      this.#say(step.at, step.order, `${step.by}: ${step.act}${'position' in step.fields ? ` ${String(step.fields['position'])}` : ''}`);
    await this.look(step.order, step.at);
  }

  async #waitFor(order: string, at: number): Promise<void> {
    const workflowId = orderWorkflowId(order);
    const left = this.shifted(at) - (await orderTime(this.#engine.client, workflowId));
    if (left <= 0 || (await letTimePass(this.#engine.client, workflowId, left)) === 'closed') return;
    await this.look(order, at);
  }

  /** Says where an order stands once it is quiet, if that is new. */
  async look(order: string, at: number): Promise<void> {
    const description = await untilQuiet(this.#engine.client, order);
    const attributes = description.typedSearchAttributes;
    const waitingOn = attributes.get(searchAttributes.waitingOn) ?? [];
    const where = attributes.get(searchAttributes.outcome) ?? attributes.get(searchAttributes.stage) ?? 'submitted';
    const text = `${where}${waitingOn.length > 0 ? `, waits on ${waitingOn.join(', ')}` : ''}`;
    if (this.#seen.get(order) === text) return;
    this.#seen.set(order, text);
    this.#say(at, order, `  -> ${text}`);
  }

  async ending(order: string): Promise<Ending> {
    const { client } = this.#engine;
    const description = await untilQuiet(client, order);
    const stage = description.typedSearchAttributes.get(searchAttributes.stage) ?? 'unknown';
    const outcome = description.typedSearchAttributes.get(searchAttributes.outcome) ?? null;
    const handle = client.workflow.getHandle<() => Promise<OrderResult>>(orderWorkflowId(order));
    const result = description.status.name === 'COMPLETED' ? await handle.result() : undefined;
    const was = { order, stage, outcome, levyMinor: result?.levyMinor ?? null };
    const expected = this.#scenario.expect.find((one) => one.order === order);
    const differences = (['stage', 'outcome', 'levyMinor'] as const).flatMap((key) =>
      expected?.[key] !== undefined && expected[key] !== was[key] ? [`${order} ${key}: expected ${expected[key]}, was ${was[key]}`] : [],
    );
    return { ...was, differences };
  }

  #say(at: number, order: string, text: string): void {
    this.#listen({ day: Math.floor((at - this.#scenario.start) / day), order, text });
  }
}

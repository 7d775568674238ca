import { setTimeout as wait } from 'node:timers/promises';
import { actSpec } from '../../domain/acts.ts';
import type { Fields } from '../../domain/fields.ts';
import { lapsed } from '../../domain/order.ts';
import type { PolicyChange } from '../../domain/policy-change.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { Policy } from '../../domain/policy.ts';
import type { PlantedFault, ScenarioLot, StoryLicenseChange, StorySignature } from '../../edge/scenario.ts';
import { plainAct, sendAct, sendPolicyChange, type SentAct } from '../../engine/acts.ts';
import type { Engine } from '../../engine/connect.ts';
import { EngineError } from '../../engine/errors.ts';
import { startOrder } from '../../engine/orders.ts';
import { type OrderRecord, readOrder } from '../../engine/replay.ts';
import { letTimePass, orderTime } from '../../engine/time.ts';
import type { Database } from '../../ledger/database.ts';
import { recordCustomer } from '../../ledger/customers.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { reinstateLicense, revokeLicense, suspendLicense } from '../../ledger/licenses-changes.ts';
import { PolicyChangeRefused, recordChange } from '../../ledger/policy-board.ts';
import { plantFault } from '../../ledger/simulation.ts';
import { orderWorkflowId, searchAttributes } from '../../workflows/messages.ts';
import { Company, type CompanyAct, type People } from '../../trust/company.ts';
import { evidenceOf, nonceOf, signable } from '../signatures.ts';
import { type NotTaken, slackMs, type StoryAct, type Theatre } from '../theatre.ts';
import { inTellingOrder } from '../telling-order.ts';
import type { Calendar } from './calendar.ts';
import { StockRoom } from './stock-room.ts';
import { settled } from './settled.ts';

/** What a real engine needs to tell a story. */
export interface Stage {
  readonly engine: Engine;
  readonly database: Database;
  readonly bundlePath: string;
  /** Whether a story may be told again under the ids of orders that are closed, as new ones. */
  readonly takesClosedIds: boolean;
  /** Kills the worker as a crash would, and returns when another has taken its place. */
  killWorker(): Promise<void>;
}

/** Whose story it is: its calendar, and, where its acts are signed, its people. */
export interface Cast {
  readonly calendar: Calendar;
  readonly people?: People | undefined;
}

const changes = { suspended: suspendLicense, reinstated: reinstateLicense, revoked: revokeLicense } as const;

/**
 * Time is moved to a little after a deadline, and the order does what is due meanwhile. It must be done by then: where it ends at the very
 * moment at which the move does, the engine goes on to the order's next timer (seen with 40 and 200 ms).
 */
const alarmMs = 3_000;
const patienceMs = 30_000;

/** A theatre on a real Temporal server with real workers: the months of the story are skipped, order by order. */
export class TemporalTheatre implements Theatre {
  readonly engine = 'temporal';
  readonly #stage: Stage;
  readonly #calendar: Calendar;
  readonly #company: Company | undefined;
  readonly #stock: StockRoom;
  readonly #deadlines = new Map<string, number | undefined>();
  readonly #records = new Map<string, { readonly version: string; readonly record: Pick<OrderRecord, 'order' | 'events'> }>();

  constructor(stage: Stage, { calendar, people }: Cast) {
    this.#stage = stage;
    this.#calendar = calendar;
    this.#stock = new StockRoom(stage.engine, stage.database);
    this.#company = people && new Company(people);
  }

  async receive({ opensAt, ...lot }: ScenarioLot, at: number): Promise<void> {
    const real = this.#calendar.real(at);
    const opens = opensAt === undefined ? {} : { opensAt: this.#calendar.real(opensAt) };
    await this.#inStockTime(real, () => this.#stock.receive({ ...lot, ...opens }, real));
  }

  /** Who waits for stock comes along in time, so that what is set aside for it comes when it does in the story; then it does what follows. */
  async #inStockTime<T>(real: number, what: () => Promise<T>): Promise<T> {
    for (const order of await this.#stock.waiting()) if (this.#deadlines.has(order)) await this.#moveTo(order, real);
    const answer = await what();
    for (let told = await this.#stock.told(); told.length > 0; told = await this.#stock.told())
      for (const order of told) if (this.#deadlines.has(order)) await this.#settle(order);
    return answer;
  }

  async vet(customers: readonly string[]): Promise<void> {
    for (const customer of customers)
      await recordCustomer(this.#stage.database, {
        ...{ key: `story/${customer}`, customer, standing: 'approved', orderId: null },
        ...{ reason: 'vetted before the story begins', at: Date.now() },
      });
  }

  async plant({ order, ...fault }: PlantedFault): Promise<void> {
    await plantFault(this.#stage.database, { orderId: order, ...fault });
  }

  async changeLicense({ number, change, units, reason }: StoryLicenseChange, key: string, at: number): Promise<NotTaken | undefined> {
    const real = this.#calendar.real(at);
    const asked = { key, number, by: 'us.commerce', at: real, effectiveAt: real, reason };
    const answer = await changes[change](this.#stage.database, { ...asked, ...(units !== undefined && { units }) });
    return answer.outcome === 'changed' ? undefined : { code: answer.code, message: answer.why };
  }

  async submit(terms: OrderTerms, written: Policy, at: number): Promise<void> {
    const policy = this.#calendar.realPolicy(written);
    const { engine, database, takesClosedIds } = this.#stage;
    const { client, taskQueue } = engine;
    await claimOrders(database, [{ terms, policy: policy.id }], this.#calendar.real(at));
    const delayMs = Math.max(0, this.#calendar.real(at) - Date.now());
    const trust = await this.#company?.trustFor(terms, policy, Date.now() + delayMs);
    await startOrder(client, taskQueue, terms, policy, { delayMs, takesClosedIds, ...(trust && { trust }) });
    await this.#inStockTime(this.#calendar.real(at), async () => {
      if (delayMs > 0) await letTimePass(client, orderWorkflowId(terms.id), delayMs);
      await this.#begun(terms.id);
      await this.#settle(terms.id);
    });
  }

  /** An order whose start was delayed, or whose first worker was killed, has nothing in progress for a moment: it has begun when a worker has taken it up. */
  async #begun(order: string): Promise<void> {
    const handle = this.#stage.engine.client.workflow.getHandle(orderWorkflowId(order));
    for (const until = Date.now() + patienceMs; Date.now() < until; await wait(20)) {
      const { events } = await handle.fetchHistory();
      if (events?.some((event) => Boolean(event.workflowTaskCompletedEventAttributes))) return;
    }
    throw new EngineError('no-worker', `order ${order} was submitted and has not begun within ${patienceMs / 1_000} s: no worker serves it`);
  }

  /** Only an order that has something due is moved, and who waits for stock: the others are when something is done to them. */
  async passTime(at: number): Promise<void> {
    const latest = this.#calendar.real(at) + slackMs;
    for (let due = this.#firstDue(latest); due; due = this.#firstDue(latest)) await this.#inStockTime(due.at, due.happens);
  }

  #firstDue(latest: number): { readonly at: number; readonly happens: () => Promise<void> } | undefined {
    const { nextOpening } = this.#stock;
    const opening = nextOpening === undefined || nextOpening > latest ? [] : [{ at: nextOpening, happens: () => this.#stock.open(nextOpening) }];
    const deadlines = [...this.#deadlines].flatMap(([order, deadline]) =>
      deadline === undefined || deadline > latest ? [] : [{ at: deadline, happens: () => this.#meet(order, deadline) }],
    );
    return [...opening, ...deadlines].toSorted((a, b) => a.at - b.at)[0];
  }

  async #meet(order: string, deadline: number): Promise<void> {
    await this.#moveTo(order, deadline + alarmMs);
    for (const until = Date.now() + patienceMs; Date.now() < until && (await this.#settle(order)) === deadline;) await wait(50);
    if (this.#deadlines.get(order) === deadline)
      throw new Error(`order ${order}: its deadline ${new Date(deadline).toISOString()} has passed, and its alarm did not ring within ${patienceMs / 1_000} s`);
  }

  async act(order: string, act: StoryAct, at: number): Promise<NotTaken | undefined> {
    const real = this.#calendar.real(at);
    await this.#moveTo(order, real);
    const answer = await this.#inStockTime(real, async () => {
      const sent = await sendAct(this.#stage.engine.client, order, await this.#sent(order, act));
      await this.#settle(order);
      return sent;
    });
    return 'refused' in answer ? { code: answer.refused.code, message: this.#calendar.toldText(answer.refused.message) } : undefined;
  }

  async recordChange(order: string, change: Omit<PolicyChange, 'epoch'>): Promise<PolicyChange | NotTaken> {
    try {
      return await recordChange(this.#stage.database, { orderId: order, ...change });
    } catch (error) {
      if (error instanceof PolicyChangeRefused) return { code: error.code, message: error.message };
      throw error;
    }
  }

  async #sent(order: string, { id, name, by, fields: written, signature }: StoryAct): Promise<SentAct> {
    const forms: Fields = actSpec(name).fields;
    const fields = Object.fromEntries(
      Object.entries(written).map(([field, value]) => [field, forms[field]?.kind === 'day' ? this.#calendar.realDay(String(value)) : value]),
    );
    const message = await this.#signed(order, { act: name, role: by, fields: signable(fields), nonce: nonceOf(id) }, signature);
    return message ? { name, id, message } : plainAct(name, { ...fields, by }, id);
  }

  /** The envelope of an act on an order as it is now; undefined in a story without signatures. */
  async #signed(order: string, act: Omit<CompanyAct, 'at'>, { recordedOn, ...who }: StorySignature): Promise<Envelope | undefined> {
    if (!this.#company) return undefined;
    const at = await orderTime(this.#stage.engine.client, orderWorkflowId(order));
    const known = lapsed((await this.read(order)).order, at);
    // A story that an earlier release began goes on without signatures.
    if (!known.actors) return undefined;
    const real = recordedOn && evidenceOf({ ...recordedOn, decidedAt: this.#calendar.real(recordedOn.decidedAt) });
    return await this.#company.sign(known, { ...act, ...who, at, ...(real && { evidence: real }) });
  }

  async tellChange(order: string, change: PolicyChange, signature: StorySignature, at: number): Promise<void> {
    const real = this.#calendar.real(at);
    await this.#moveTo(order, real);
    const { effect, id, reason, epoch } = change;
    const fields = { hold: id, reason };
    const signed = await this.#signed(order, { act: effect, role: 'policy.admin', fields, nonce: `${effect}-${epoch}-${id}`, epoch }, signature);
    await this.#inStockTime(real, async () => {
      await sendPolicyChange(this.#stage.engine.client, order, signed ?? change);
      await this.#settle(order);
    });
  }

  killWorker(): Promise<void> {
    return this.#stage.killWorker();
  }

  async read(order: string): ReturnType<Theatre['read']> {
    const { client } = this.#stage.engine;
    const { runId, historyLength } = await client.workflow.getHandle(orderWorkflowId(order)).describe();
    const version = `${runId}/${historyLength}`;
    const known = this.#records.get(order);
    if (known?.version === version) return known.record;
    const read = await readOrder(client, this.#stage.bundlePath, order);
    if (!read) throw new Error(`order ${order} has no record`);
    const record = { order: read.order, events: inTellingOrder(read.events.map((event) => this.#calendar.told(event, read.order.policy))) };
    this.#records.set(order, { version, record });
    return record;
  }

  async #moveTo(order: string, real: number): Promise<void> {
    const { client } = this.#stage.engine;
    const workflowId = orderWorkflowId(order);
    const left = real - (await orderTime(client, workflowId));
    if (left <= 0 || (await letTimePass(client, workflowId, left)) === 'closed') return;
    const now = await orderTime(client, workflowId);
    if (now > real + slackMs + patienceMs)
      throw new Error(`order ${order}: its time was moved to ${new Date(real).toISOString()}, and the engine went on to ${new Date(now).toISOString()}`);
  }

  /** Waits until the order is at rest and keeps its next deadline, which it answers. */
  async #settle(order: string): Promise<number | undefined> {
    const description = await settled(this.#stage.engine.client, order);
    const deadline = description.status.name === 'RUNNING' ? description.typedSearchAttributes.get(searchAttributes.deadline)?.getTime() : undefined;
    this.#deadlines.set(order, deadline);
    return deadline;
  }
}

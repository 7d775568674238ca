import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import pino from 'pino';
import { expect, inject } from 'vitest';
import type { StepActivities } from '../../activities/ports.ts';
import type { ActName } from '../../domain/acts.ts';
import { lapsed } from '../../domain/order.ts';
import type { Role } from '../../domain/roles.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { PolicyOfEdition1 } from '../../domain/policy.ts';
import { plainAct, sendAct, sendPolicyChange, type SentAct } from '../../engine/acts.ts';
import type { Engine } from '../../engine/connect.ts';
import { startOrder, type OrderSummary, summaryOf } from '../../engine/orders.ts';
import { untilQuiet } from '../../engine/quiet.ts';
import { giveStock } from '../../engine/stock.ts';
import { type OrderRecord, quietRuntime, readOrder } from '../../engine/replay.ts';
import { letTimePass, orderTime } from '../../engine/time.ts';
import { type Database, openDatabase, query } from '../../ledger/database.ts';
import { recordCustomer } from '../../ledger/customers.ts';
import { recordChange } from '../../ledger/policy-board.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { signable } from '../../rehearsal/signatures.ts';
import type { CompanyAct } from '../../trust/company.ts';
import { createOrderWorker } from '../../workers/order-worker.ts';
import { screeningActivities } from '../../workers/screening.ts';
import { simulatedActivities } from '../../workers/simulated-activities.ts';
import { stockActivities } from '../../workers/stock.ts';
import { type ActAnswer, orderWorkflowId } from '../../workflows/messages.ts';
import { cannotDie } from './cannot-die.ts';
import { keepHistory } from './kept-history.ts';
import { policy, terms } from './orders.ts';
import { givePapers } from './papers.ts';
import type { SignedCompany } from './signed-company.ts';

quietRuntime();

/** Whose signatures count at a desk: `company` signs its acts, too; `trusted` makes a worker trust somebody. */
interface Signing {
  readonly company?: SignedCompany;
  readonly trusted?: (activities: StepActivities) => StepActivities;
}

/** Where a desk is opened; `databaseUrl` names a ledger of its own, where what it does would disturb the orders of other tests. */
type Opening = Signing & { readonly worker: boolean; readonly address?: string; readonly databaseUrl?: string };

/** A desk on the shared engine with a worker of its own: what a test does to orders, in the words of the desk. */
export class Desk {
  readonly engine: Engine;
  readonly client: Client;
  readonly database: Database;
  readonly #native: NativeConnection;
  readonly #company: SignedCompany | undefined;
  readonly #trusted: NonNullable<Signing['trusted']>;
  #worker: Worker | undefined;
  #running: Promise<void> | undefined;

  private constructor(engine: Engine, database: Database, native: NativeConnection, { company, trusted }: Signing) {
    this.engine = engine;
    this.client = engine.client;
    this.database = database;
    this.#native = native;
    this.#company = company;
    this.#trusted = trusted ?? ((activities) => company?.trusted(activities) ?? activities);
  }

  static async open({ worker, address = inject('address'), databaseUrl = inject('databaseUrl'), ...signing }: Opening = { worker: true }): Promise<Desk> {
    const connection = await Connection.connect({ address });
    const client = new Client({ connection });
    const taskQueue = `orders-${randomUUID()}`;
    const engine: Engine = { client, connection, taskQueue, ui: inject('ui'), close: () => connection.close() };
    const desk = new Desk(engine, openDatabase(databaseUrl), await NativeConnection.connect({ address }), signing);
    // Orders of these go on at once; what happens to others is what tests are about that name them.
    for (const customer of ['core-cloud-1', 'research-lab-1', 'c'])
      await recordCustomer(desk.database, { key: `tests/${customer}`, customer, standing: 'approved', reason: 'known', orderId: null, at: Date.now() });
    if (worker) await desk.startWorker();
    return desk;
  }

  async startWorker(): Promise<void> {
    const { client, database } = this;
    const bundlePath = inject('bundlePath');
    const nightlyAt = { zone: 'America/New_York', hour: 3 };
    const activities = simulatedActivities(database, 'tests', cannotDie, () => giveStock(client, this.engine.taskQueue));
    this.#worker = await createOrderWorker({
      connection: this.#native,
      namespace: 'default',
      taskQueue: this.engine.taskQueue,
      bundlePath,
      activities: {
        ...this.#trusted(activities),
        ...stockActivities(client, database),
        ...screeningActivities({ client, bundlePath, database, seed: 'tests', nightlyAt }),
      },
      logger: pino({ level: 'silent' }),
      stickyTimeoutMs: 2_000,
    });
    this.#running = this.#worker.run();
  }

  async close(): Promise<void> {
    this.#worker?.shutdown();
    await this.#running;
    await this.engine.close();
    await this.#native.close();
    await this.database.end();
  }

  /** Receives a lot that is enough for the order, submits it and waits until it is quiet. Answers its id. */
  async submit(changes: Partial<OrderTerms> = {}, policyChanges: Partial<PolicyOfEdition1> = {}, { isShort = false } = {}): Promise<string> {
    const order = terms({ id: `T-${randomUUID().slice(0, 8)}`, ...changes });
    if (!isShort) await receiveLot(this.database, { id: `lot-${order.id}`, product: order.product, units: order.units }, Date.now());
    const rules = policy(policyChanges);
    const trust = await this.#company?.trustFor(order, rules, Date.now());
    await startOrder(this.client, this.engine.taskQueue, order, rules, { ...(trust && { trust }) });
    await this.quiet(order.id);
    return order.id;
  }

  async quiet(order: string): Promise<OrderSummary> {
    return summaryOf(await untilQuiet(this.client, order));
  }

  async act(order: string, by: Role, name: ActName, fields: Readonly<Record<string, unknown>> = {}, id?: string): Promise<ActAnswer> {
    return await this.send(order, await this.#sent(order, by, name, fields, id));
  }

  async send(order: string, sent: SentAct): Promise<ActAnswer> {
    const answer = await sendAct(this.client, order, sent);
    if ('refused' in answer) throw new Error(`${sent.name} refused: ${answer.refused.code}: ${answer.refused.message}`);
    return answer;
  }

  async #sent(order: string, by: Role, name: ActName, fields: Readonly<Record<string, unknown>>, id: string = randomUUID()): Promise<SentAct> {
    if (!this.#company) return plainAct(name, { ...fields, by }, id);
    return { name, id, message: await this.sign(order, { act: name, role: by, fields, nonce: id }) };
  }

  /** The envelope of an act on an order as it is now, signed by the people of the company. */
  async sign(order: string, act: Omit<CompanyAct, 'at' | 'fields'> & { fields: Readonly<Record<string, unknown>> }): Promise<Envelope> {
    if (!this.#company) throw new Error('nobody signs at this desk: open it with a company');
    const at = await orderTime(this.client, orderWorkflowId(order));
    return await this.#company.sign(lapsed((await this.record(order)).order, at), { ...act, fields: signable(act.fields), at });
  }

  /** The code of a refused act; fails where it is taken. Asserts that nothing was written to history. */
  async refusal(order: string, by: string, name: string, fields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    return await this.refusalOf(order, plainAct(name, { ...fields, by }));
  }

  /** The same of an act as it is sent. */
  async refusalOf(order: string, sent: SentAct): Promise<string> {
    const before = await this.written(order);
    const answer = await sendAct(this.client, order, sent);
    if (!('refused' in answer)) throw new Error(`${sent.name} was taken`);
    expect(await this.written(order)).toEqual(before);
    return answer.refused.code;
  }

  /** How much Temporal has written of an order. */
  async written(order: string): Promise<{ events: number; transitions: number }> {
    const { historyLength, raw } = await this.client.workflow.getHandle(orderWorkflowId(order)).describe();
    return { events: historyLength, transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount) };
  }

  async skip(order: string, ms: number): Promise<OrderSummary> {
    await letTimePass(this.client, orderWorkflowId(order), ms);
    return await this.quiet(order);
  }

  async change(order: string, effect: 'hold' | 'lift', id = `P-${order}`): Promise<void> {
    await sendPolicyChange(this.client, order, await recordChange(this.database, { orderId: order, id, effect, reason: 'review' }));
    await this.quiet(order);
  }

  /** Registered and referred: the agencies are asked. */
  async referred(changes: Partial<OrderTerms> = {}): Promise<string> {
    const order = await this.submit(changes);
    await this.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
    await this.act(order, 'us.commerce', 'refer');
    return order;
  }

  /** By a number of its own where the ledger keeps licenses. */
  async licensed(order: string, licenseNumber = 'D1'): Promise<void> {
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) await this.act(order, agency, 'recommend', { position: 'no-objection' });
    await this.act(order, 'us.commerce', 'issue-license', { licenseNumber });
    await this.quiet(order);
  }

  async bothKeys(order: string, licenseNumber?: string): Promise<void> {
    await this.licensed(order, licenseNumber);
    await this.act(order, 'buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
    await this.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
    await this.quiet(order);
  }

  async delivered(order: string): Promise<void> {
    await this.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    if ((await this.quiet(order)).waitingOn.includes('carrier')) await givePapers(this, order);
    await this.act(order, 'cn.gacc', 'release', { releaseNumber: 'GACC-1' });
    await this.act(order, 'carrier', 'confirm-delivery', { proof: 'POD-1' });
    await this.quiet(order);
  }

  async record(order: string): Promise<OrderRecord> {
    const record = await readOrder(this.client, inject('bundlePath'), order);
    if (!record) throw new Error(`order ${order} has no record`);
    return record;
  }

  keep(order: string, name: string): Promise<void> {
    return keepHistory(this.client, inject('bundlePath'), order, name);
  }

  /** How often each step took effect in the simulated world. */
  async effects(order: string): Promise<Record<string, number>> {
    const rows = await query<{ step: string; times: number }>(
      this.database,
      'select step, count(*) as times from simulated_effects where order_id = $1 group by step',
      [order],
    );
    return Object.fromEntries(rows.map((row) => [row.step, row.times]));
  }

  /** Units that stand reserved for an order. */
  reservedFor(order: string): Promise<number> {
    return this.#counted(
      `select coalesce(sum(units), 0) as units from reservations join reservation_lots on reservation_key = key where order_id = $1 and state = 'reserved'`,
      order,
    );
  }

  /** Units that left for an order. */
  shippedFor(order: string): Promise<number> {
    return this.#counted(
      `select coalesce(sum(units), 0) as units from shipments join shipment_lots on shipment_key = key where order_id = $1 and state = 'left'`,
      order,
    );
  }

  async #counted(statement: string, order: string): Promise<number> {
    const [row] = await query<{ units: number }>(this.database, statement, [order]);
    return row?.units ?? 0;
  }
}

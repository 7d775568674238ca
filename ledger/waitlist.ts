import { inOrderOfPriority, type QueueRules, turns, type Waiting } from '../domain/rules/priority.ts';
import type { Quota } from '../domain/rules/quota.ts';
import type { OverQuota } from '../domain/rules/quota-headroom.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Session } from './database.ts';
import { enterRefusal, lockQuotas } from './quota.ts';
import { takeUnits, type UnitsWanted } from './stock-taking.ts';
import { unitsInUseIn } from './units-in-use.ts';

/** An order that waits for stock under the key of its call. */
export interface Waits extends Waiting {
  readonly key: string;
  readonly product: string;
}
export type WaitingUnits = UnitsWanted & Pick<Waiting, 'customerClass' | 'quotas'>;

interface Row extends Record<string, unknown> {
  order_id: string;
  key: string;
  product: string;
  units: number;
  customer_class: OrderTerms['customerClass'];
  arrival: string;
  since: Date;
  quotas: readonly Quota[] | null;
  customer: string | null;
}

const dayMs = 86_400_000;
const columns = 'order_id, key, product, units, customer_class, arrival, since';
const selected = `${columns}, quotas, (select terms->>'customer' from orders where id = order_id) as customer`;
const ofRow = ({ order_id: orderId, customer_class: customerClass, arrival, since, key, product, units, quotas, customer }: Row): Waits => ({
  ...{ orderId, key, product, units, customerClass },
  arrival: Number(arrival),
  since: since.getTime(),
  ...(quotas !== null && { quotas }),
  ...(customer !== null && { customer }),
});

/**
 * Locks the queues of products until the transaction ends: before any lot of them is locked, by whoever gives units back or joins. So no units
 * come free between a look at the lots and joining. Where somebody waits who keeps caps, they are locked, too.
 */
export async function lockQueues(ledger: Session, products: readonly string[]): Promise<void> {
  for (const product of [...new Set(products)].toSorted())
    await ledger.query(`select pg_advisory_xact_lock(hashtextextended('queue of ' || $1, 0))`, [product]);
  const [capped] = await ledger.query('select 1 from waitlist where product = any($1) and called_at is null and quotas is not null limit 1', [products]);
  if (capped) await lockQuotas(ledger);
}

/** How stock of a product is given out. */
export async function queueRulesOf(ledger: Session, product: string): Promise<QueueRules> {
  const [row] = await ledger.query<{ discipline: QueueRules['discipline']; aging_days: number | null }>(
    `select discipline, aging_days from queue_rules where product in ($1, '*') order by product = '*' limit 1`,
    [product],
  );
  if (!row) throw new Error(`no rules say how ${product} is given out: the ledger has lost its row for all products`);
  return { discipline: row.discipline, agingMs: row.aging_days === null ? null : row.aging_days * dayMs };
}

/** How many units of a product are free at `at` (epoch milliseconds), its lots locked until the transaction ends. */
async function lockFree(ledger: Session, product: string, at: number): Promise<number> {
  const lots = await ledger.query<{ free: number }>(
    'select free from lots where product = $1 and free > 0 and (opens_at is null or opens_at <= $2) order by id for update',
    [product, new Date(at)],
  );
  return lots.reduce((sum, { free }) => sum + free, 0);
}

/** Who waits for a product and has not been called, by arrival. */
const waitingFor = async (ledger: Session, product: string): Promise<Waits[]> =>
  (await ledger.query<Row>(`select ${selected} from waitlist where product = $1 and called_at is null order by arrival`, [product])).map(ofRow);

/** An order on the list; `called` where its turn has come: `units` have been set aside for it, or it is `over-quota`. */
export interface Entry extends Waits {
  readonly called?: 'units' | 'over-quota';
}

/** Where an order is on the list, if it is. */
export async function entryOf(ledger: Session, orderId: string): Promise<Entry | undefined> {
  const [row] = await ledger.query<Row & { called_at: Date | null; is_over_quota: boolean }>(
    `select ${selected}, called_at, is_over_quota from waitlist where order_id = $1`,
    [orderId],
  );
  return row && { ...ofRow(row), ...(row.called_at && { called: row.is_over_quota ? 'over-quota' : 'units' }) };
}

/** Puts an order on the list, whose queue is locked; one that is on it keeps its arrival, and waits under its new key. */
export async function join(ledger: Session, { orderId, key, product, units, customerClass, quotas, at }: WaitingUnits): Promise<void> {
  const [row] = await ledger.query<Row & { is_new: boolean }>(
    `insert into waitlist (order_id, key, product, units, customer_class, since, quotas) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (order_id) do update set key = excluded.key, units = excluded.units returning ${selected}, xmax = 0 as is_new`,
    [orderId, key, product, units, customerClass, new Date(at), quotas ? JSON.stringify(quotas) : null],
  );
  if (row?.is_new) await enter(ledger, 'joined', ofRow(row), at);
}

/** Takes an order off the list, whatever its queue holds; answers the key under which units have been set aside for it, where they have. */
export async function leaveWaitlist(ledger: Session, orderId: string, at: number): Promise<string | undefined> {
  const seen = await entryOf(ledger, orderId);
  if (!seen) return undefined;
  await lockQueues(ledger, [seen.product]);
  const entry = await entryOf(ledger, orderId);
  if (!entry) return undefined;
  await takeOff(ledger, entry, 'left', at);
  return entry.called ? entry.key : undefined;
}

/** Takes an order off the list, whose queue is locked. */
export async function takeOff(ledger: Session, entry: Entry, kind: 'taken' | 'left', at: number): Promise<void> {
  await ledger.query('delete from waitlist where order_id = $1', [entry.orderId]);
  if (entry.called !== 'over-quota') await enter(ledger, kind, entry, at);
}

/** The queue of a product as it would be served at `at`, with who has been called before those who wait. */
export async function queueAt(
  ledger: Session,
  product: string,
  at: number,
): Promise<{ readonly called: readonly Waits[]; readonly waiting: readonly Waits[] }> {
  const called = await ledger.query<Row>(`select ${selected} from waitlist where product = $1 and called_at is not null and not is_over_quota order by call`, [
    product,
  ]);
  const rules = await queueRulesOf(ledger, product);
  return { called: called.map(ofRow), waiting: inOrderOfPriority(await waitingFor(ledger, product), rules, at) };
}

/** What is left of a product and of its queue, in the order in which it is served. */
export interface QueueLeft {
  readonly free: number;
  readonly waiting: readonly Waits[];
}

/**
 * Gives what is free of a product at `at` (epoch milliseconds) to those who wait, by the rule of its queue, which is locked: their units are set
 * aside under their keys, and they are to be told. Who is over a quota by then is told as well, and what it waited for goes to the next. Answers what is left.
 */
export async function serveQueue(ledger: Session, product: string, at: number): Promise<QueueLeft> {
  const waiting = await waitingFor(ledger, product);
  if (waiting.length === 0) return { free: 0, waiting };
  const [rules, free] = [await queueRulesOf(ledger, product), await lockFree(ledger, product, at)];
  const inUse = waiting.some(({ quotas }) => quotas) ? await unitsInUseIn(ledger) : [];
  const called = turns(waiting, free, rules, at, { product, inUse });
  for (const { one, over } of called) {
    if (over) await enterRefusal(ledger, one, over, at);
    else await setAside(ledger, one, at);
    await call(ledger, one, over, at);
  }
  const left = waiting.filter((one) => !called.some((turn) => turn.one === one));
  return { free: called.reduce((rest, { one, over }) => (over ? rest : rest - one.units), free), waiting: inOrderOfPriority(left, rules, at) };
}

async function setAside(ledger: Session, { key, orderId, product, units }: Waits, at: number): Promise<void> {
  const lots = await takeUnits(ledger, { key, orderId, product, units, at });
  if (lots.length === 0) throw new Error(`${units} units of ${product} were free for order ${orderId}, and cannot be taken: run twokey stock audit`);
}

async function call(ledger: Session, one: Waits, over: OverQuota | undefined, at: number): Promise<void> {
  await ledger.query(`update waitlist set called_at = $2, call = nextval('waitlist_calls'), is_over_quota = $3 where order_id = $1`, [
    ...[one.orderId, new Date(at), over !== undefined],
  ]);
  await enter(ledger, over ? 'over-quota' : 'called', one, at);
}

const enter = (ledger: Session, kind: 'joined' | 'called' | 'taken' | 'left' | 'over-quota', entry: Waits, at: number): Promise<unknown> =>
  ledger.query(`insert into waitlist_journal (kind, ${columns}, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [
    ...[kind, entry.orderId, entry.key, entry.product, entry.units, entry.customerClass, entry.arrival, new Date(entry.since), new Date(at)],
  ]);

/** Every product for which somebody waits or has been called. */
export const queuedProducts = async (ledger: Session): Promise<string[]> =>
  (await ledger.query<{ product: string }>('select distinct product from waitlist order by product')).map(({ product }) => product);

/** Says how stock of a product is given out, and gives what is free by that at once. */
export async function setQueueRules(ledger: Session, product: string, { discipline, agingMs }: QueueRules, at: number): Promise<void> {
  await lockQueues(ledger, [product]);
  await ledger.query(
    `insert into queue_rules (product, discipline, aging_days) values ($1, $2, $3)
     on conflict (product) do update set discipline = excluded.discipline, aging_days = excluded.aging_days`,
    [product, discipline, agingMs === null ? null : agingMs / dayMs],
  );
  await serveQueue(ledger, product, at);
}

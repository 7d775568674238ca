import type { OverQuota } from '../domain/rules/quota-headroom.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { enterRefusal, lockQuotas, overQuotaIn, refusalOf } from './quota.ts';
import { keepUnits } from './stock.ts';
import { reserveAtOnce } from './stock-at-once.ts';
import type { LotUnits } from '../domain/lots.ts';
import { everOf, lockOrder, lockToGiveBack, lotsOf, reservationOf } from './stock-reservations.ts';
import { type Entry, entryOf, join, lockQueues, serveQueue, takeOff, type WaitingUnits } from './waitlist.ts';

/** The lots of a reservation, the place of an order among how many that wait, or the cap that it does not fit into: then it has neither. */
export type ReserveAnswer =
  | { readonly outcome: 'reserved'; readonly lots: readonly LotUnits[] }
  | { readonly outcome: 'short'; readonly free: number; readonly place: number; readonly waiting: number }
  | ({ readonly outcome: 'over-quota' } & OverQuota);
type NewOrNot = { readonly isNew: boolean };

/**
 * Reserves all units of an order from the lots open at `at`, those on hand first, then the oldest, where every cap that it keeps leaves room for them; or,
 * where lots are short, puts it on the list of those who wait. The same key again gets the same answer.
 */
export async function reserveUnits(database: Database, wanted: WaitingUnits): Promise<ReserveAnswer> {
  const atOnce = wanted.quotas ? undefined : await reserveAtOnce(database, wanted);
  if (atOnce) return atOnce;
  const { isNew: _isNew, ...answer } = await inTransaction(database, (ledger) => reserveOrWait(ledger, wanted));
  return answer;
}

/**
 * The same within a transaction of the caller; what was set aside for an order that waits it gets. `isNew` where the reservation was not made before.
 * Throws where the key was given up.
 */
export async function reserveOrWait(ledger: Session, wanted: WaitingUnits): Promise<ReserveAnswer & NewOrNot> {
  const { orderId, product, quotas, at } = wanted;
  await lockOrder(ledger, orderId);
  await lockQueues(ledger, [product]);
  if (quotas) await lockQuotas(ledger);
  const made = await madeOrTaken(ledger, wanted);
  if (made) return made;
  const over = await refusedOver(ledger, wanted);
  if (over) return { outcome: 'over-quota', ...over, isNew: true };
  await replaceKey(ledger, wanted);
  await join(ledger, wanted);
  const left = await serveQueue(ledger, product, at);
  const place = left.waiting.findIndex((one) => one.orderId === orderId) + 1;
  if (place > 0) return { outcome: 'short', free: left.free, place, waiting: left.waiting.length, isNew: true };
  const taken = await madeOrTaken(ledger, wanted);
  if (!taken) throw new Error(`order ${orderId} has joined the queue for ${product} and is not in it`);
  return taken;
}

/** The answer under this key, given before, or what was set aside for the order while it waited under this key or another. */
async function madeOrTaken(ledger: Session, wanted: WaitingUnits): Promise<(ReserveAnswer & NewOrNot) | undefined> {
  const { key, orderId, units, at } = wanted;
  const refused = await refusalOf(ledger, key);
  if (refused) return { outcome: 'over-quota', ...refused, isNew: false };
  const known = await reservationOf(ledger, key);
  if (known?.state === 'released') throw new Error(`reservation ${key} was released: it cannot be made again`);
  const entry = await entryOf(ledger, orderId);
  // Its turn has passed, and it asks anew.
  if (entry?.called === 'over-quota') await takeOff(ledger, entry, 'left', at);
  if (entry?.called !== 'units') return known && { outcome: 'reserved', lots: await reservedBefore(ledger, key), isNew: false };
  await lockToGiveBack(ledger, await lotsOf(ledger, entry.key));
  if (entry.key !== key) await moveReservation(ledger, entry, wanted);
  await takeOff(ledger, entry, 'taken', at);
  await keepUnits(ledger, key, units, at);
  return { outcome: 'reserved', lots: await lotsOf(ledger, key), isNew: true };
}

/**
 * The cap that leaves no room for an order that asks under a new key; it waits no longer, if it did. Of one that waits under this very key and has been told its
 * place, caps are looked at when its turn comes.
 */
async function refusedOver(ledger: Session, wanted: WaitingUnits): Promise<OverQuota | undefined> {
  const { key, orderId, quotas, at } = wanted;
  const entry = await entryOf(ledger, orderId);
  const over = quotas && entry?.key !== key ? await overQuotaIn(ledger, wanted, quotas) : undefined;
  if (!over) return undefined;
  await replaceKey(ledger, wanted);
  if (entry) await takeOff(ledger, entry, 'left', at);
  await enterRefusal(ledger, wanted, over, at);
  return over;
}

/** What an order has had under a key, that which has left with it. */
async function reservedBefore(ledger: Session, key: string): Promise<LotUnits[]> {
  const lots = await everOf(ledger, key);
  if (lots.length === 0) throw new Error(`reservation ${key} has lost all its units: what is reserved anew needs a key of its own`);
  return lots;
}

/** What was set aside under one key becomes what the order asks for under another; no unit becomes free in between. */
async function moveReservation(ledger: Session, entry: Entry, { key, orderId, reviewBy, at }: WaitingUnits): Promise<void> {
  await ledger.query(
    `insert into reservations (key, order_id, customer, state, made_at, changed_at, review_by)
     select $1, order_id, customer, 'reserved', $3, $3, $4::date from reservations where key = $2`,
    [key, entry.key, new Date(at), reviewBy ?? null],
  );
  await ledger.query(
    `insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
     select lot_id, kind, units, case kind when 'released' then $2 else $1 end, case kind when 'released' then $2 else $1 end, $3, $4
     from reservation_lots, (values (1, 'released'), (2, 'reserved')) as turn (number, kind) where reservation_key = $2 order by number, lot_id`,
    [key, entry.key, orderId, new Date(at)],
  );
  await ledger.query('update reservation_lots set reservation_key = $1 where reservation_key = $2', [key, entry.key]);
  await ledger.query(`update reservations set state = 'released', changed_at = $2 where key = $1`, [entry.key, new Date(at)]);
}

/** An order asks anew under another key: a call under the one before that comes late must not join in its place. */
async function replaceKey(ledger: Session, { key, orderId, at }: WaitingUnits): Promise<void> {
  const entry = await entryOf(ledger, orderId);
  if (!entry || entry.key === key) return;
  await ledger.query(`insert into reservations (key, order_id, state, made_at, changed_at) values ($1, $2, 'released', $3, $3) on conflict do nothing`, [
    entry.key,
    orderId,
    new Date(at),
  ]);
}

import type { PolicyChange } from '../domain/policy-change.ts';
import { type Database, query, type Session } from './database.ts';
import { type NewChange, recordChangeIn } from './policy-board.ts';

/** A change that stands on the board, and the order that is to hear of it. */
export interface ToldChange {
  readonly order: string;
  readonly change: PolicyChange;
}

/** What became of telling an order of a change; `to-sign` where it takes signed changes alone: the board stops it, and its clocks follow a signed one. */
export type Told = 'told' | 'closed' | 'to-sign';

/** Of orders that the ledger knows, those whose record is not sealed. One that has just closed is among them, one that is open is never left out. */
export const unsealed = 'not exists (select 1 from sealed_records where sealed_records.order_id = orders.id)';

/** The open orders of a customer. */
export async function openOrdersOf(ledger: Session, customer: string): Promise<string[]> {
  const rows = await ledger.query<{ id: string }>(`select id from orders where terms->>'customer' = $1 and ${unsealed} order by id`, [customer]);
  return rows.map(({ id }) => id);
}

/** Puts orders on hold: from the commit on none of them ships, and each is to be told. The reason is cut where it is longer than orders take. */
export async function holdIn(ledger: Session, orders: readonly string[], hold: { readonly id: string; readonly reason: string }): Promise<ToldChange[]> {
  const told: ToldChange[] = [];
  for (const orderId of orders) told.push(await writeIn(ledger, { orderId, id: hold.id, effect: 'hold', reason: cut(hold.reason) }));
  return told;
}

/** Lifts every hold that stands under a name, or under one that begins with it and a colon. */
export async function liftIn(ledger: Session, name: string, reason: string): Promise<ToldChange[]> {
  const holds = await ledger.query<{ orderId: string; id: string }>(
    `select order_id as "orderId", hold as id from standing_holds where hold = $1 or starts_with(hold, $1 || ':') order by epoch`,
    [name],
  );
  const told: ToldChange[] = [];
  for (const hold of holds) told.push(await writeIn(ledger, { ...hold, effect: 'lift', reason: cut(reason) }));
  return told;
}

async function writeIn(ledger: Session, change: NewChange): Promise<ToldChange> {
  const written = await recordChangeIn(ledger, change);
  await ledger.query(`update policy_changes set told = 'untold' where epoch = $1 and told is null`, [written.epoch]);
  return { order: change.orderId, change: written };
}

/** In characters; an order takes a reason of at most twice as many units of UTF-16. */
const longestReason = 900;
function cut(reason: string): string {
  const characters = Array.from(reason);
  return characters.length > longestReason ? `${characters.slice(0, longestReason).join('')}...` : reason;
}

interface ChangeRow extends Record<string, unknown>, PolicyChange {
  readonly order: string;
}

/** The changes of which nobody has tried to tell the order, the oldest first: also those that somebody left when they died. */
export async function untoldChanges(database: Database): Promise<ToldChange[]> {
  const rows = await query<ChangeRow>(database, `select order_id as order, id, effect, epoch, reason from policy_changes where told = 'untold' order by epoch`);
  return rows.map(({ order, ...change }) => ({ order, change }));
}

/** The holds of which these orders have not heard, also where there was nobody to tell before they began. */
export async function unheardHolds(database: Database, orders: readonly string[]): Promise<ToldChange[]> {
  const rows = await query<ChangeRow>(
    database,
    `select order_id as order, hold as id, 'hold' as effect, epoch, reason from standing_holds
     where order_id = any($1) and told in ('untold', 'closed') order by epoch`,
    [orders],
  );
  return rows.map(({ order, ...change }) => ({ order, change }));
}

/** Keeps what became of telling an order of a change. */
export const keepTold = (database: Database, { change }: ToldChange, told: Told): Promise<unknown> =>
  query(database, 'update policy_changes set told = $2 where epoch = $1', [change.epoch, told]);

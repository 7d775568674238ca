import type { PolicyChange } from '../domain/policy-change.ts';
import { type Database, query } from './database.ts';

/** What became of telling an order of its hold; `to-sign` where it takes signed changes alone: the board stops it, and its clocks follow a signed hold. */
export type Told = 'told' | 'closed' | 'to-sign';

/** A hold of which nobody has tried to tell the order. */
interface UntoldHold {
  readonly order: string;
  readonly change: PolicyChange;
}

/** Holds by screening of which orders are still to be told, the oldest first: also those that a worker left when it died. */
export async function untoldHolds(database: Database): Promise<UntoldHold[]> {
  const rows = await query<{ order: string; id: string; epoch: number; reason: string }>(
    database,
    `select order_id as order, id, epoch, reason from screening_holds join policy_changes using (order_id)
     where told is null and id = hold and effect = 'hold' order by epoch`,
  );
  return rows.map(({ order, ...change }) => ({ order, change: { ...change, effect: 'hold' } }));
}

/** Keeps what became of telling an order of a hold. */
export const keepTold = (database: Database, { order, change }: UntoldHold, told: Told): Promise<unknown> =>
  query(database, 'update screening_holds set told = $3 where order_id = $1 and hold = $2', [order, change.id, told]);

/** A hold by screening that nobody has lifted, on an order that is not closed. */
export interface StandingHold {
  readonly order: string;
  readonly hold: string;
  readonly customer: string;
  readonly matches: readonly string[];
  readonly listVersion: string;
  /** When the match was found, in epoch milliseconds. */
  readonly since: number;
  /** Null until the order has been told. */
  readonly told: Exclude<Told, 'closed'> | null;
}

/** All of them, the oldest first. */
export async function standingHolds(database: Database): Promise<StandingHold[]> {
  const rows = await query<Omit<StandingHold, 'since'> & { since: Date }>(
    database,
    `select order_id as order, hold, customer, held.matches, list_version as "listVersion", looked_at as since, told
     from screening_holds held join screening_looks using (run, customer)
     where told is distinct from 'closed'
       and not exists (select 1 from sealed_records where sealed_records.order_id = held.order_id)
       and not exists (select 1 from policy_changes lifted where effect = 'lift' and lifted.id = hold and lifted.order_id = held.order_id)
     order by looked_at, customer, order_id`,
  );
  return rows.map(({ since, ...row }) => ({ ...row, since: since.getTime() }));
}

import { type BookDifference, firstDifference } from './audit.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { objectOf } from './licenses-journal.ts';

const columns = ['received', 'free', 'reserved', 'quarantined', 'shipped'];
const added = (names: readonly string[]): string => names.map((name) => `sum(${name})::bigint as ${name}`).join(', ');

const audits = [
  // The columns of each lot.
  `select 'lot ' || id as of, ${objectOf(columns, 'lots')} as booked, ${objectOf(columns, 'added')} as added
   from lots left join (select lot, ${added(columns)} from stock_journal group by lot) added on lot = id order by id`,
  // No column was ever below nothing on the way.
  `select 'lot ' || lot as of, jsonb_build_object('lowest', 0) as booked, jsonb_build_object('lowest', least(0, min(lowest))) as added
   from (
     select lot, least(${columns.map((column) => `sum(${column}) over run`).join(', ')}) as lowest
     from stock_journal window run as (partition by lot order by position)
   ) run group by lot order by lot`,
  // What each reservation has of a lot: as reserved or shipped as it is.
  `select 'reservation ' || coalesce(held.key, added.key) || ', lot ' || coalesce(held.lot, added.lot) as of,
     jsonb_build_object('reserved', coalesce(held.reserved, 0), 'shipped', coalesce(held.shipped, 0)) as booked,
     jsonb_build_object('reserved', added.reserved, 'shipped', added.shipped) as added
   from (
     select key, lot_id as lot, case state when 'reserved' then units else 0 end as reserved, case state when 'shipped' then units else 0 end as shipped
     from reservations join reservation_lots on reservation_key = key
   ) held
   full join (
     select reservation_key as key, lot, ${added(['reserved', 'shipped'])} from stock_journal where reservation_key is not null group by reservation_key, lot
   ) added using (key, lot)
   order by coalesce(held.key, added.key), coalesce(held.lot, added.lot)`,
  // Where a lot has serial numbers, all its units have one, and each unit in quarantine is marked.
  `select 'lot ' || id as of, jsonb_build_object('serial numbers', numbered, 'in quarantine', marked) as booked,
     jsonb_build_object('serial numbers', received, 'in quarantine', quarantined) as added
   from (select id, received, quarantined,
     (select sum(units) from lot_serials where lot = id) as numbered, (select count(*) from quarantined_serials where lot = id) as marked from lots) counted
   where numbered is not null order by id`,
  // What was received from each window.
  `select 'window ' || id as of, jsonb_build_object('received', received) as booked,
     jsonb_build_object('received', (select coalesce(sum(lots.received), 0) from lots where stock_window = stock_windows.id)) as added
   from stock_windows order by id`,
  // What quotas count.
  `select 'quota of ' || coalesce(quota_use.customer, added.customer) || ', ' || coalesce(quota_use.product, added.product) as of,
     jsonb_build_object('reserved', quota_use.reserved, 'committed', quota_use.committed) as booked,
     jsonb_build_object('reserved', coalesce(added.reserved, 0), 'committed', coalesce(added.committed, 0)) as added
   from quota_use
   full join (
     select customer, product, sum(stock_journal.reserved)::bigint as reserved, sum(stock_journal.shipped)::bigint as committed
     from stock_journal join reservations on reservations.key = reservation_key join lots on lots.id = lot
     where customer is not null group by customer, product
   ) added using (customer, product)
   order by 1`,
];

/** Adds lots, reservations, windows and quotas up from the journal again and answers the first figure that differs, undefined where none does. */
export const auditStock = (database: Database): Promise<BookDifference | undefined> => inTransaction(database, auditStockIn);

/** The same within a transaction of the caller. */
export const auditStockIn = (ledger: Session): Promise<BookDifference | undefined> => firstDifference(ledger, audits);

import { type BookDifference, firstDifference } from './audit.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { objectOf } from './licenses-journal.ts';
import { unnamedIn } from './stock-quarantine.ts';

const columns = ['received', 'free', 'reserved', 'quarantined', 'shipped'];
const added = (names: readonly string[]): string => names.map((name) => `sum(${name})::bigint as ${name}`).join(', ');

const audits = [
  // The columns of each lot.
  `select 'lot ' || id as of, ${objectOf(columns, 'lots')} as booked, ${objectOf(columns, 'added')} as added
   from lots left join (select lot, ${added(columns)} from stock_movements group by lot) added on lot = id order by id`,
  // No column was ever below nothing on the way.
  `select 'lot ' || lot as of, jsonb_build_object('lowest', 0) as booked, jsonb_build_object('lowest', least(0, min(lowest))) as added
   from (
     select lot, least(${columns.map((column) => `sum(${column}) over run`).join(', ')}) as lowest
     from stock_movements window run as (partition by lot order by position)
   ) run group by lot order by lot`,
  // What each reservation has of a lot.
  `select 'reservation ' || key || ', lot ' || lot as of,
     jsonb_build_object('reserved', coalesce(held.reserved, 0)) as booked, jsonb_build_object('reserved', coalesce(added.reserved, 0)) as added
   from (
     select key, lot_id as lot, case state when 'reserved' then units else 0 end as reserved from reservations join reservation_lots on reservation_key = key
   ) held
   full join (
     select reservation_key as key, lot, ${added(['reserved'])} from stock_movements where reservation_key is not null group by reservation_key, lot
   ) added using (key, lot)
   order by key, lot`,
  // What each shipment took of a lot and of which reservation, and how much of it has left still.
  `select 'shipment ' || key || ', lot ' || lot as of,
     jsonb_build_object('reservation', held.reservation, 'taken', held.taken, 'shipped', coalesce(held.shipped, 0)) as booked,
     jsonb_build_object('reservation', added.reservation, 'taken', added.taken, 'shipped', coalesce(added.shipped, 0)) as added
   from (
     select key, lot_id as lot, reservation_key as reservation, units as taken, case state when 'left' then units else 0 end as shipped
     from shipments join shipment_lots on shipment_key = key
   ) held
   full join (
     select coalesce(undone.key, stock_movements.key) as key, lot, max(stock_movements.reservation_key) as reservation,
       sum(units) filter (where kind = 'shipped') as taken, sum(stock_movements.shipped)::bigint as shipped
     from stock_movements
     -- Before migration 015 a reservation had one shipment, and what came back of it was written under the reservation.
     left join shipments undone on kind = 'returned' and stock_movements.key = stock_movements.reservation_key and undone.reservation_key = stock_movements.key
     where kind in ('shipped', 'returned') group by coalesce(undone.key, stock_movements.key), lot
   ) added using (key, lot)
   order by key, lot`,
  // Where a lot has serial numbers, all its units have one, and each unit in quarantine is marked: all but those that came back, whose numbers nobody told.
  `select 'lot ' || id as of, jsonb_build_object('serial numbers', numbered, 'in quarantine', marked) as booked,
     jsonb_build_object('serial numbers', received, 'in quarantine', quarantined - greatest(0, unnamed)) as added
   from (
     select id, received, quarantined, (select sum(units) from lot_serials where lot = id) as numbered,
       (select count(*) from quarantined_serials where lot = id) as marked, (${unnamedIn('lots.id')}) as unnamed
     from lots
   ) counted
   where numbered is not null order by id`,
  // What was answered of units that failed: so many replaced, and so many not.
  `select 'replacement ' || unit_replacements.key as of, jsonb_build_object('replaced', replaced, 'failed', replaced + missing) as booked,
     jsonb_build_object('replaced', coalesce(sum(moved.reserved), 0), 'failed', coalesce(sum(moved.quarantined), 0)) as added
   from unit_replacements
   cross join lateral (select coalesce(sum((part->>'units')::int), 0)::bigint as replaced from jsonb_array_elements(lots) as part) answered
   left join (
     select key, case kind when 'reserved' then units else 0 end as reserved, quarantined from stock_movements where kind in ('reserved', 'quarantined')
   ) moved on moved.key = unit_replacements.key
   group by unit_replacements.key, replaced, missing order by 1`,
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
     select customer, product, sum(stock_movements.reserved)::bigint as reserved, sum(stock_movements.shipped)::bigint as committed
     from stock_movements join reservations on reservations.key = reservation_key join lots on lots.id = lot
     where customer is not null group by customer, product
   ) added using (customer, product)
   order by 1`,
];

/** Adds lots, reservations, windows and quotas up from the journal again and answers the first figure that differs, undefined where none does. */
export const auditStock = (database: Database): Promise<BookDifference | undefined> => inTransaction(database, auditStockIn);

/** The same within a transaction of the caller. */
export const auditStockIn = (ledger: Session): Promise<BookDifference | undefined> => firstDifference(ledger, audits);

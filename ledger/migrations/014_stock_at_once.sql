-- Up Migration

-- A key to lots would lock the row of the lot for everybody who writes of it, and PostgreSQL keeps a list of such locks for each version of a row that
-- many change: on a lot that everybody wants, that costs more than all else. A lot is never removed instead, and keeps its name.
alter table reservation_lots drop constraint reservation_lots_lot_id_fkey;
alter table stock_journal drop constraint stock_journal_lot_fkey;
create trigger lots_stay before delete or update of id on lots for each row execute function refuse_stock_rewrite();

-- The common case of a reservation in one statement, so that no lot stays locked while the ledger waits for its client: the oldest open lot of which
-- something is free has all units, nobody waits for the product, nothing is set aside for the order, and nothing is known under the key. Answers the
-- lot; null where that is not the case, and then nothing has happened.
create function reserve_at_once(wanted_key text, wanted_by text, wanted text, wanted_units integer, reviewed date, moment timestamptz) returns text
language plpgsql as $$
declare
  oldest lots;
begin
  -- Calls of one order wait for each other, here as in ledger/stock-reservations.ts.
  perform pg_advisory_xact_lock(hashtextextended('stock of ' || wanted_by, 0));
  select * into oldest from lots where product = wanted and free > 0 and (opens_at is null or opens_at <= moment) order by opens_at nulls first, id limit 1;
  if oldest.free is null or oldest.free < wanted_units
    or exists (select from waitlist where (product = wanted and called_at is null) or order_id = wanted_by) then
    return null;
  end if;
  insert into reservations (key, order_id, customer, state, made_at, changed_at, review_by)
  values (wanted_key, wanted_by, (select terms->>'customer' from orders where id = wanted_by), 'reserved', moment, moment, reviewed) on conflict do nothing;
  if not found then
    return null;
  end if;
  -- Whoever comes second to the lot waits here, and finds what the first has left.
  update lots set free = free - wanted_units, reserved = reserved + wanted_units where id = oldest.id and free >= wanted_units;
  if not found then
    delete from reservations where key = wanted_key;
    return null;
  end if;
  with held as (insert into reservation_lots (reservation_key, lot_id, units) values (wanted_key, oldest.id, wanted_units))
  insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
  values (oldest.id, 'reserved', wanted_units, wanted_key, wanted_key, wanted_by, moment);
  return oldest.id;
end
$$;

-- The same for what is given back: units of one lot are reserved under the key, nobody waits for the product, and neither does the order itself.
-- Answers how many units there were; null where that is not the case, and then nothing has happened.
create function give_back_at_once(given_key text, given_by text, moment timestamptz) returns integer language plpgsql as $$
declare
  given record;
begin
  perform pg_advisory_xact_lock(hashtextextended('stock of ' || given_by, 0));
  select reservations.order_id, lot_id, units, product into given
  from reservations join reservation_lots as held on reservation_key = key join lots on id = lot_id
  where key = given_key and state = 'reserved'
    and not exists (select from reservation_lots where reservation_key = given_key and lot_id <> held.lot_id)
  for update of held;
  if not found then
    return null;
  end if;
  -- Who joins the queue locks it alone, looks at the lots, and joins: so it is either seen here, or sees these units.
  perform pg_advisory_xact_lock_shared(hashtextextended('queue of ' || given.product, 0));
  if exists (select from waitlist where (product = given.product and called_at is null) or order_id = given_by) then
    return null;
  end if;
  update reservations set state = 'released', changed_at = moment where key = given_key;
  update lots set reserved = reserved - given.units, free = free + given.units where id = given.lot_id;
  insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
  values (given.lot_id, 'released', given.units, given_key, given_key, given.order_id, moment);
  return given.units;
end
$$;

-- Down Migration
-- Forward only.

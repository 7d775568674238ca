-- Up Migration

-- What an entry adds to each column follows from its name, and so is read and not kept: PostgreSQL prepares every generated column and every check anew for
-- each statement that enters one.
alter table stock_journal
  drop column received,
  drop column free,
  drop column reserved,
  drop column quarantined,
  drop column shipped,
  drop constraint movement_of_an_order_names_its_reservation,
  drop constraint movement_of_the_stock_names_none,
  drop constraint reservation_has_an_order,
  add constraint movement_names_its_reservation check (
    (reservation_key is null) = (order_id is null)
    and (kind not in ('reserved', 'released', 'shipped', 'returned') or reservation_key is not null)
    and (kind not in ('received', 'restored') or reservation_key is null)
  );
create view stock_movements as
select *,
  case kind when 'received' then units else 0 end as received,
  case
    when kind in ('received', 'released', 'restored', 'returned') then units
    when kind = 'reserved' or (kind = 'quarantined' and reservation_key is null) then -units
    else 0
  end as free,
  case
    when kind = 'reserved' then units
    when kind in ('released', 'shipped') or (kind = 'quarantined' and reservation_key is not null) then -units
    else 0
  end as reserved,
  case kind when 'quarantined' then units when 'restored' then -units else 0 end as quarantined,
  case kind when 'shipped' then units when 'returned' then -units else 0 end as shipped
from stock_journal;

-- What quotas count is counted entry by entry, by two statements of one row each: to gather the entries of a statement first cost more than to count them.
-- The entry's reservation is looked up for its customer, and so a key to it is not needed besides: that would lock its row for every entry.
alter table stock_journal drop constraint stock_journal_reservation_key_fkey;
create trigger reservations_stay after delete or update of key on reservations for each row execute function refuse_stock_rewrite();
drop trigger stock_journal_counts on stock_journal;
create or replace function count_quota_use() returns trigger language plpgsql as $$
declare
  counted record;
  reserving integer := case when new.kind = 'reserved' then new.units when new.kind in ('released', 'shipped', 'quarantined') then -new.units else 0 end;
  committing integer := case new.kind when 'shipped' then new.units when 'returned' then -new.units else 0 end;
begin
  select customer, (select product from lots where id = new.lot) as product into counted from reservations where key = new.reservation_key;
  if not found then
    raise foreign_key_violation using message = format('reservation %s was never made: stock_journal takes no entry of it', new.reservation_key);
  end if;
  if counted.customer is null then
    return null;
  end if;
  update quota_use set reserved = reserved + reserving, committed = committed + committing
  where customer = counted.customer and product = counted.product;
  if not found then
    insert into quota_use as counts (customer, product, reserved, committed) values (counted.customer, counted.product, reserving, committing)
    on conflict (customer, product) do update set reserved = counts.reserved + excluded.reserved, committed = counts.committed + excluded.committed;
  end if;
  return null;
end
$$;
create trigger stock_journal_counts after insert on stock_journal
for each row when (new.reservation_key is not null) execute function count_quota_use();

-- A trigger before an update locks the row once more, whatever columns it is of.
drop trigger lots_stay on lots;
create trigger lots_stay after delete or update of id on lots for each row execute function refuse_stock_rewrite();

-- A reservation changes its state in its place, without new entries in every index: none is chosen by the state.
drop index reservations_to_review;
create index reservations_to_review on reservations (review_by) where review_by is not null;
alter table reservations set (fillfactor = 70);

drop function reserve_at_once(text, text, text, integer, date, timestamptz);
drop function give_back_at_once(text, text, timestamptz);

-- What is free of a product at a moment, in the lots that are open by then.
create function free_at(wanted text, moment timestamptz) returns bigint language sql stable as $$
  select coalesce(sum(free), 0) from lots where product = wanted and free > 0 and (opens_at is null or opens_at <= moment)
$$;

-- Whether an order that is too large for what is free blocks those behind it.
create function is_strict(wanted text) returns boolean language sql stable as $$
  select discipline = 'strict' from queue_rules where product in (wanted, '*') order by product = '*' limit 1
$$;

-- Writes that units of one lot are reserved, but for the entry of the journal: those of one lot stand there as the lot was changed.
create function make_reservation(made_key text, made_for text, of_lot text, made_units integer, reviewed date, moment timestamptz) returns void
language plpgsql as $$
begin
  with made as (
    insert into reservations (key, order_id, customer, state, made_at, changed_at, review_by)
    values (made_key, made_for, (select terms->>'customer' from orders where id = made_for), 'reserved', moment, moment, reviewed)
  )
  insert into reservation_lots (reservation_key, lot_id, units) values (made_key, of_lot, made_units);
end
$$;

create function enter_waiting(what text, entry waitlist, moment timestamptz) returns void language sql as $$
  insert into waitlist_journal (kind, order_id, key, product, units, customer_class, arrival, since, at)
  values (what, entry.order_id, entry.key, entry.product, entry.units, entry.customer_class, entry.arrival, entry.since, moment)
$$;

-- An order that was called under the key by which it asks takes what was set aside for it, where that is as much; null where it is not so.
create function take_at_once(entry waitlist, wanted_key text, wanted_units integer, moment timestamptz) returns jsonb
language plpgsql as $$
declare
  lots jsonb;
begin
  if entry.called_at is null or entry.is_over_quota or entry.key <> wanted_key then
    return null;
  end if;
  select jsonb_agg(jsonb_build_object('lot', lot_id, 'units', units) order by lot_id) into lots
  from reservation_lots where reservation_key = wanted_key having sum(units) = wanted_units;
  if not found then
    return null;
  end if;
  delete from waitlist where order_id = entry.order_id;
  perform enter_waiting('taken', entry, moment);
  return jsonb_build_object('outcome', 'reserved', 'lots', lots);
end
$$;

-- An order that keeps no caps asks for units, in one statement, so that neither a lot nor the queue stays locked while the ledger waits for its client.
-- These cases need no rule of priority, since whole orders alone are served:
--   'reserved'  the oldest open lot of which something is free has all units, and nobody waits for the product, or nobody to whom what is free is enough;
--               or the order was called under this key, and takes what was set aside for it
--   'short'     less is free than it wants, and than anybody wants who waits: it joins the queue, and gets what its place follows from
--   'raced'     somebody else was quicker: ask once more; as the error TW001 where something had been written by then, which is undone
-- Null in any other case. With 'raced' and with null nothing has happened. Locks are taken in the order of docs/decisions/0013.
create function reserve_at_once(wanted_key text, wanted_by text, wanted text, wanted_units integer, reviewed date, wanted_class text, moment timestamptz)
returns jsonb language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  oldest record;
  entry waitlist;
begin
  -- Calls of one order wait for each other, here as in ledger/stock-reservations.ts.
  perform pg_advisory_xact_lock(hashtextextended('stock of ' || wanted_by, 0));
  select * into entry from waitlist where order_id = wanted_by;
  if found then
    return take_at_once(entry, wanted_key, wanted_units, moment);
  end if;
  if exists (select from reservations where key = wanted_key) or exists (select from quota_refusals where key = wanted_key) then
    return null;
  end if;
  select id, free into oldest from lots
  where product = wanted and free > 0 and (opens_at is null or opens_at <= moment) order by opens_at nulls first, id limit 1;

  if oldest.free >= wanted_units then
    if exists (select from waitlist where product = wanted and called_at is null) then
      perform pg_advisory_xact_lock(hashtextextended('queue of ' || wanted, 0));
      if free_at(wanted, moment) >= (select min(units) from waitlist where product = wanted and called_at is null) or is_strict(wanted) then
        return null;
      end if;
    end if;
    perform make_reservation(wanted_key, wanted_by, oldest.id, wanted_units, reviewed, moment);
    -- Whoever comes second to the lot waits here, and finds what the first has left; all that can be done before is, and undone where that is too little.
    update lots set free = free - wanted_units, reserved = reserved + wanted_units where id = oldest.id and free >= wanted_units;
    if not found then
      raise sqlstate 'TW001' using message = 'somebody else was quicker: ask once more';
    end if;
    insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
    values (oldest.id, 'reserved', wanted_units, wanted_key, wanted_key, wanted_by, moment);
    return jsonb_build_object('outcome', 'reserved', 'lots', jsonb_build_array(jsonb_build_object('lot', oldest.id, 'units', wanted_units)));
  end if;

  -- From here to the end no units of the product come free; fewer may be free than are seen.
  perform pg_advisory_xact_lock(hashtextextended('queue of ' || wanted, 0));
  if free_at(wanted, moment) >= (select least(wanted_units, min(units)) from waitlist where product = wanted and called_at is null) then
    return case
      when exists (select from lots where product = wanted and free >= wanted_units and (opens_at is null or opens_at <= moment))
      then jsonb_build_object('outcome', 'raced')
    end;
  end if;
  insert into waitlist (order_id, key, product, units, customer_class, since)
  values (wanted_by, wanted_key, wanted, wanted_units, wanted_class, moment) returning * into entry;
  perform enter_waiting('joined', entry, moment);
  return (
    select jsonb_build_object('outcome', 'short', 'free', free_at(wanted, moment), 'waiting', jsonb_agg(jsonb_build_object(
      'orderId', order_id, 'units', units, 'customerClass', customer_class, 'arrival', arrival, 'since', extract(epoch from since) * 1000)))
    from waitlist where product = wanted and called_at is null
  );
end
$$;

-- What is reserved of one lot is given back in one statement, and where somebody waits, the queue is served with it:
--   'released'  nobody waits, or nobody to whom what is free then is enough, or it is to one order alone, which keeps no caps and gets its units of this lot
--   'raced'     somebody joined the queue meanwhile: ask once more
--   'turns'     a rule has to say whose turn it is: ask once more in a transaction that serves the queue then. There the units are given back and this is answered,
--               with how many
-- Null in any other case: several lots, something has left, the order waits itself, or one that keeps caps waits. With 'raced' and with null nothing has
-- happened, and neither with 'turns' outside of such a transaction.
create function give_back_at_once(given_key text, given_by text, moment timestamptz, is_served_after boolean) returns jsonb
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  part reservation_lots;
  given reservation_lots;
  wanted text;
  then_free integer;
  waits record;
  needs_rule boolean := false;
  next waitlist;
begin
  perform pg_advisory_xact_lock(hashtextextended('stock of ' || given_by, 0));
  -- Whoever changes what a reservation has, has locked its order. One look at each table by its key: to join them would cost more than all of these.
  for part in select * from reservation_lots where reservation_key = given_key limit 2 loop
    if given.lot_id is not null then
      return null;
    end if;
    given := part;
  end loop;
  if given.lot_id is null
    or not exists (select from reservations where key = given_key and state = 'reserved' and order_id = given_by)
    or exists (select from shipments where reservation_key = given_key)
    or exists (select from waitlist where order_id = given_by) then
    return null;
  end if;
  select lots.product into wanted from lots where id = given.lot_id;

  -- Who joins the queue locks it alone, looks at the lots, and joins: so it is either seen here, or sees these units.
  if is_served_after or exists (select from waitlist where product = wanted and called_at is null) then
    perform pg_advisory_xact_lock(hashtextextended('queue of ' || wanted, 0));
    -- Where units are free in several lots, it is not said here from which they are taken.
    if exists (select from lots where product = wanted and id <> given.lot_id and free > 0)
      or exists (select from lots where id = given.lot_id and opens_at > moment)
      or exists (select from waitlist where product = wanted and called_at is null and quotas is not null) then
      return null;
    end if;
    select free + given.units into then_free from lots where id = given.lot_id for update;
    select count(*) as orders, count(*) filter (where units <= then_free) as fit into waits from waitlist where product = wanted and called_at is null;
    needs_rule := waits.fit > 1 or (waits.fit = 1 and waits.orders > 1 and is_strict(wanted));
    if needs_rule and not is_served_after then
      return jsonb_build_object('outcome', 'turns');
    end if;
    if waits.fit > 0 and not needs_rule then
      select * into next from waitlist where product = wanted and called_at is null and units <= then_free;
    end if;
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('queue of ' || wanted, 0));
    if exists (select from waitlist where product = wanted and called_at is null) then
      return jsonb_build_object('outcome', 'raced');
    end if;
  end if;

  update reservations set state = 'released', changed_at = moment where key = given_key;
  update lots set reserved = reserved - given.units, free = free + given.units where id = given.lot_id;
  insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
  values (given.lot_id, 'released', given.units, given_key, given_key, given_by, moment);
  if next.order_id is not null then
    update lots set free = free - next.units, reserved = reserved + next.units where id = given.lot_id;
    perform make_reservation(next.key, next.order_id, given.lot_id, next.units, null, moment);
    insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
    values (given.lot_id, 'reserved', next.units, next.key, next.key, next.order_id, moment);
    update waitlist set called_at = moment, call = nextval('waitlist_calls') where order_id = next.order_id;
    perform enter_waiting('called', next, moment);
  end if;
  return jsonb_build_object('outcome', case when needs_rule then 'turns' else 'released' end, 'units', given.units, 'product', wanted);
end
$$;

-- Down Migration
-- Forward only.

-- Up Migration

-- What is reserved under one key leaves in as many shipments as its order makes of it.
alter table shipments
  drop constraint shipments_reservation_key_key,
  -- 'never-left': a person has settled that, and its units are stock again. 'returned': customs sent it back, and its units are set apart.
  add column state text not null default 'left' check (state in ('left', 'never-left', 'returned')),
  -- The step that set its units apart.
  add column returned_by text unique,
  add constraint only_a_return_names_its_step check ((state = 'returned') = (returned_by is not null));
update shipments set state = 'never-left' from reservations where reservations.key = reservation_key and reservations.state = 'released';
create index shipments_by_reservation on shipments (reservation_key);

-- What a shipment took of each lot, whatever became of it since.
create table shipment_lots (
  shipment_key text not null references shipments (key),
  lot_id text not null,
  units integer not null check (units > 0),
  primary key (shipment_key, lot_id)
);
insert into shipment_lots (shipment_key, lot_id, units) select key, lot, units from stock_journal where kind = 'shipped';
-- A reservation has of each lot what has not left: what is reserved, or was when it was given back.
delete from reservation_lots where exists (select from shipments where shipments.reservation_key = reservation_lots.reservation_key);

-- A return is found in all lots of its shipment at once.
drop index finding_counts_once;
create unique index finding_counts_once on stock_journal (key, lot) where kind in ('quarantined', 'restored');

-- As in migration 014, and not for a reservation of which something has left: whether that stays so is for the caller to say.
create or replace function give_back_at_once(given_key text, given_by text, moment timestamptz) returns integer language plpgsql as $$
declare
  given record;
begin
  perform pg_advisory_xact_lock(hashtextextended('stock of ' || given_by, 0));
  select reservations.order_id, lot_id, units, product into given
  from reservations join reservation_lots as held on reservation_key = key join lots on id = lot_id
  where key = given_key and state = 'reserved'
    and not exists (select from reservation_lots where reservation_key = given_key and lot_id <> held.lot_id)
    and not exists (select from shipments where reservation_key = given_key)
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

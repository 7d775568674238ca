-- Up Migration

-- Capacity to come: no units yet, so that nobody can be given what is not there. A confirmed one is received in lots.
create table stock_windows (
  id text primary key,
  product text not null,
  units integer not null check (units > 0),
  received integer not null default 0 check (received between 0 and units),
  opens_at timestamptz not null,
  certainty text not null check (certainty in ('expected', 'confirmed')),
  closed_at timestamptz,
  constraint only_confirmed_capacity_is_received check (received = 0 or certainty = 'confirmed')
);
create table stock_window_changes (
  position bigint generated always as identity primary key,
  stock_window text not null references stock_windows (id),
  kind text not null check (kind in ('opened', 'confirmed', 'moved', 'closed')),
  -- As the window stood after it.
  opens_at timestamptz not null,
  reason text,
  changed_at timestamptz not null
);
create index stock_window_changes_by_window on stock_window_changes (stock_window, position);

alter table lots
  add column quarantined integer not null default 0 check (quarantined >= 0),
  add column place text,
  add column stock_window text references stock_windows (id),
  drop constraint stock_is_conserved,
  add constraint stock_is_conserved check (free + reserved + quarantined + shipped = received),
  add constraint lots_by_id_and_product unique (id, product);
create index lots_by_window on lots (stock_window) where stock_window is not null;

alter table reservations
  -- Whose order it is, as it was known when the units were reserved: quotas count by it.
  add column customer text,
  -- On this day the desk looks at it again; null where it need not.
  add column review_by date;
update reservations set customer = terms->>'customer' from orders where orders.id = order_id;
create index reservations_to_review on reservations (review_by) where state = 'reserved' and review_by is not null;
create index reservations_by_order on reservations (order_id);

-- Serial numbers of one range have one prefix and one length. A text that begins with product, length and prefix sorts them as their numbers do.
create type serial_span as range (subtype = text, collation = "C");
create function serial_span_of(product text, first text, last text) returns serial_span language sql immutable as $$
  select serial_span(product || ' ' || lpad(length(first)::text, 3, '0') || ' ' || first, product || ' ' || lpad(length(last)::text, 3, '0') || ' ' || last, '[]')
$$;
create table lot_serials (
  lot text not null,
  product text not null,
  first text not null,
  last text not null,
  units integer not null check (units > 0),
  span serial_span not null generated always as (serial_span_of(product, first, last)) stored,
  primary key (lot, first),
  foreign key (lot, product) references lots (id, product),
  constraint serials_have_one_prefix check (length(first) = length(last) and regexp_replace(first, '[0-9]+$', '') = regexp_replace(last, '[0-9]+$', '')),
  constraint serials_count_their_units check (substring(last from '[0-9]+$')::numeric - substring(first from '[0-9]+$')::numeric + 1 = units),
  constraint serials_do_not_overlap exclude using gist (span with &&)
);
-- Each unit that failed and is known by its number, until it is restored.
create table quarantined_serials (
  product text not null,
  serial text not null,
  lot text not null,
  primary key (product, serial),
  foreign key (lot, product) references lots (id, product)
);
create index quarantined_serials_by_lot on quarantined_serials (lot);

-- Every movement of units; what it adds to each column of its lot follows from what it is called.
create table stock_journal (
  position bigint generated always as identity primary key,
  lot text not null references lots (id),
  kind text not null check (kind in ('received', 'reserved', 'released', 'quarantined', 'restored', 'shipped', 'returned')),
  units integer not null check (units > 0),
  -- What asked for it: the lot of a receipt, the reservation, the shipment, the finding.
  key text not null,
  reservation_key text references reservations (key),
  order_id text,
  -- Of a finding: which units, FIRST..LAST, where they have numbers, and why.
  serials text,
  reason text,
  at timestamptz not null,
  received integer not null generated always as (case kind when 'received' then units else 0 end) stored,
  free integer not null generated always as (
    case
      when kind in ('received', 'released', 'restored', 'returned') then units
      when kind = 'reserved' or (kind = 'quarantined' and reservation_key is null) then -units
      else 0
    end
  ) stored,
  reserved integer not null generated always as (
    case
      when kind = 'reserved' then units
      when kind in ('released', 'shipped') or (kind = 'quarantined' and reservation_key is not null) then -units
      else 0
    end
  ) stored,
  quarantined integer not null generated always as (case kind when 'quarantined' then units when 'restored' then -units else 0 end) stored,
  shipped integer not null generated always as (case kind when 'shipped' then units when 'returned' then -units else 0 end) stored,
  constraint movement_of_an_order_names_its_reservation check (kind not in ('reserved', 'released', 'shipped', 'returned') or reservation_key is not null),
  constraint movement_of_the_stock_names_none check (kind not in ('received', 'restored') or reservation_key is null),
  constraint reservation_has_an_order check ((reservation_key is null) = (order_id is null))
);
create unique index lot_is_received_once on stock_journal (lot) where kind = 'received';
create unique index finding_counts_once on stock_journal (key) where kind in ('quarantined', 'restored');

-- What each customer's orders hold and have had shipped of a product: what quotas count.
create table quota_use (
  customer text not null,
  product text not null,
  reserved integer not null check (reserved >= 0),
  committed integer not null check (committed >= 0),
  primary key (customer, product)
);
-- Counted with the movement itself, so that no statement can move units past a quota.
create function count_quota_use() returns trigger language plpgsql as $$
begin
  -- Movements of one statement are of one order, and so of one row.
  insert into quota_use (customer, product, reserved, committed)
  select distinct customer, product, 0, 0
  from moved join reservations on reservations.key = moved.reservation_key join lots on lots.id = moved.lot
  where customer is not null
  on conflict do nothing;
  update quota_use set reserved = quota_use.reserved + added.reserved, committed = quota_use.committed + added.committed
  from (
    select customer, product, sum(moved.reserved) as reserved, sum(moved.shipped) as committed
    from moved join reservations on reservations.key = moved.reservation_key join lots on lots.id = moved.lot
    where customer is not null group by customer, product
  ) added
  where quota_use.customer = added.customer and quota_use.product = added.product;
  return null;
end
$$;
create trigger stock_journal_counts after insert on stock_journal referencing new table as moved for each statement execute function count_quota_use();

-- A ledger from before has no journal: what it tells is written as it can have been, receipts first.
insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at)
select lot, kind, units, key, reservation_key, order_id, at
from (
  select id as lot, 'received' as kind, received as units, id as key, null as reservation_key, null as order_id, null::timestamptz as made_at, 0 as turn,
    coalesce((select min(made_at) from reservations join reservation_lots on reservation_key = key where lot_id = id), now()) as at
  from lots
  union all
  select lot_id, 'reserved', units, reservation_key, reservation_key, order_id, made_at, 1, made_at from reservation_lots join reservations on key = reservation_key
  union all
  select lot_id, 'shipped', units, shipments.key, reservations.key, reservations.order_id, made_at, 2, shipped_at
  from reservation_lots join reservations on reservations.key = reservation_lots.reservation_key join shipments on shipments.reservation_key = reservations.key
  union all
  select lot_id, case when shipments.key is null then 'released' else 'returned' end, units, reservations.key, reservations.key, reservations.order_id, made_at, 3, changed_at
  from reservation_lots join reservations on reservations.key = reservation_lots.reservation_key left join shipments on shipments.reservation_key = reservations.key
  where reservations.state = 'released'
) past
-- Of one moment, what the older reservation did comes first: the younger one may have taken what it gave back.
order by turn > 0, at, made_at, reservation_key, turn, lot;

-- A ledger that is marked for rehearsals may be emptied as a whole; nothing else takes an entry away.
create function refuse_stock_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and to_regclass('rehearsal_ledger') is not null then return null; end if;
  raise exception '% of % is refused: what has happened to stock is followed by another entry, never rewritten', lower(tg_op), tg_table_name;
end
$$;
create trigger stock_journal_stays before update or delete on stock_journal for each row execute function refuse_stock_rewrite();
create trigger stock_journal_all_stays before truncate on stock_journal for each statement execute function refuse_stock_rewrite();
create trigger stock_window_changes_stay before update or delete on stock_window_changes for each row execute function refuse_stock_rewrite();
create trigger stock_window_changes_all_stay before truncate on stock_window_changes for each statement execute function refuse_stock_rewrite();

-- Down Migration
-- Forward only.

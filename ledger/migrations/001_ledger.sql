-- Up Migration

-- Every order ever submitted: its id stays taken after Temporal has forgotten the workflow.
create table orders (
  id text primary key,
  terms jsonb not null,
  policy text not null,
  submitted_at timestamptz not null
);

create table lots (
  id text primary key,
  product text not null,
  -- Before this moment the lot cannot be reserved from; null is on hand.
  opens_at timestamptz,
  received integer not null check (received > 0),
  free integer not null check (free >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  shipped integer not null default 0 check (shipped >= 0),
  constraint stock_is_conserved check (free + reserved + shipped = received)
);
create index lots_by_product on lots (product);

create table reservations (
  key text primary key,
  order_id text not null,
  state text not null check (state in ('reserved', 'shipped', 'released')),
  made_at timestamptz not null,
  changed_at timestamptz not null
);
create table reservation_lots (
  reservation_key text not null references reservations (key),
  lot_id text not null references lots (id),
  units integer not null check (units > 0),
  primary key (reservation_key, lot_id)
);

create table shipments (
  key text primary key,
  order_id text not null,
  reservation_key text not null unique references reservations (key),
  policy_epoch bigint not null,
  shipped_at timestamptz not null
);

create table levy_entries (
  key text primary key,
  order_id text not null,
  policy text not null,
  revenue_minor bigint not null check (revenue_minor >= 0),
  amount_minor bigint not null check (amount_minor between 0 and revenue_minor),
  currency text not null,
  accrued_at timestamptz not null
);

-- One row, locked by whoever changes policy or ships, so that a shipment either sees a change or precedes it.
create table policy_board (
  id smallint primary key default 1 check (id = 1),
  epoch bigint not null
);
insert into policy_board (epoch) values (0);
create table policy_changes (
  epoch bigint primary key,
  id text not null,
  effect text not null check (effect in ('hold', 'lift')),
  order_id text not null,
  reason text not null,
  recorded_at timestamptz not null,
  unique (id, effect, order_id)
);

-- Down Migration
-- Forward only.

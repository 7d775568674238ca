-- Up Migration

-- How stock that is short is given out, for each product; under '*' for all that have no row of their own.
create table queue_rules (
  product text primary key,
  discipline text not null check (discipline in ('strict', 'fit')),
  -- After so many days each an order is treated as of the next better class; null where waiting lifts nobody.
  aging_days integer check (aging_days > 0)
);
insert into queue_rules (product, discipline, aging_days) values ('*', 'fit', 30);

create sequence waitlist_arrivals as bigint;
create sequence waitlist_calls as bigint;
-- Orders that wait for stock. One that is called has its units set aside under its key, and is on the list until it takes them or gives them back.
create table waitlist (
  order_id text primary key,
  key text not null unique,
  product text not null,
  units integer not null check (units > 0),
  customer_class text not null,
  arrival bigint not null unique default nextval('waitlist_arrivals'),
  since timestamptz not null,
  called_at timestamptz,
  -- Who was called before whom, also in one moment.
  call bigint unique,
  told_at timestamptz,
  constraint a_call_has_a_number check ((call is null) = (called_at is null)),
  constraint nobody_is_told_who_is_not_called check (told_at is null or called_at is not null)
);
create index waitlist_by_product on waitlist (product) where called_at is null;
create index waitlist_untold on waitlist (call) where called_at is not null and told_at is null;

-- Who came when and what became of it, so that it can be shown that the right ones were called.
create table waitlist_journal (
  position bigint generated always as identity primary key,
  kind text not null check (kind in ('joined', 'called', 'taken', 'left')),
  order_id text not null,
  key text not null,
  product text not null,
  units integer not null,
  customer_class text not null,
  arrival bigint not null,
  since timestamptz not null,
  at timestamptz not null
);
create index waitlist_journal_by_product on waitlist_journal (product, position);
create trigger waitlist_journal_stays before update or delete on waitlist_journal for each row execute function refuse_stock_rewrite();
create trigger waitlist_journal_all_stays before truncate on waitlist_journal for each statement execute function refuse_stock_rewrite();

-- Down Migration
-- Forward only.

-- Up Migration

-- Each time that the customers of open orders were looked at against the lists again: a night by its day, or a run that somebody asked for.
create table screening_runs (
  run text primary key,
  -- In the order in which they began; their times are those of workflows, which may skip time.
  position bigint generated always as identity unique,
  begun_at timestamptz not null,
  -- Null while it is under way.
  finished_at timestamptz
);

-- What a run found of each customer, once; no match is clear.
create table screening_looks (
  run text not null references screening_runs (run),
  customer text not null,
  list_version text not null,
  matches text[] not null,
  looked_at timestamptz not null,
  primary key (run, customer)
);

-- The holds that runs have put on the policy board, each for matches that no earlier one of the order was for.
create table screening_holds (
  hold text not null,
  order_id text not null,
  run text not null,
  customer text not null,
  matches text[] not null check (cardinality(matches) > 0),
  -- What became of telling the order; null until somebody has tried.
  told text check (told in ('told', 'closed', 'to-sign')),
  primary key (hold, order_id),
  foreign key (run, customer) references screening_looks (run, customer)
);
create index screening_holds_by_order on screening_holds (order_id);

-- What somebody has changed on the list of a desk whose screening is simulated; the newest word on a customer counts.
create table simulated_list_changes (
  position bigint generated always as identity primary key,
  customer text not null,
  is_listed boolean not null,
  changed_at timestamptz not null
);

-- Down Migration
-- Forward only.

-- Up Migration

-- The effects of simulated ports, each once by key: what a real authority, carrier or laboratory would remember.
create table simulated_effects (
  key text primary key,
  step text not null,
  order_id text not null,
  answer jsonb not null,
  happened_at timestamptz not null
);

-- Faults that simulated ports are told to show, used up one by one.
create table simulated_faults (
  step text not null,
  order_id text not null,
  fault text not null check (fault in ('unavailable', 'rejected', 'answer-lost', 'late', 'twice')),
  remaining integer not null check (remaining >= 0),
  primary key (step, order_id, fault)
);

-- Down Migration
-- Forward only.

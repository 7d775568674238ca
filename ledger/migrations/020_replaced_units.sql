-- Up Migration

-- What was answered to who asked for other units in place of those that failed, so that the same call gets the same answer.
create table unit_replacements (
  key text primary key,
  reservation_key text not null references reservations (key),
  lots jsonb not null,
  missing integer not null check (missing >= 0),
  replaced_at timestamptz not null
);

-- Down Migration
-- Forward only.

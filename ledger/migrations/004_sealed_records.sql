-- Up Migration

-- The records of closed orders in the order of their sealing: written once, and neither changed nor taken away.
create table sealed_records (
  -- From 0 and without a gap: the leaf of the record in the tree of checkpoints.
  position bigint primary key check (position >= 0),
  order_id text not null unique,
  entries integer not null check (entries >= 0),
  -- Where the record's chain ends.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- The record as one line of canonical JSON: text, since a hash covers its bytes.
  record text not null,
  sealed_at timestamptz not null
);

-- Every tree head that was ever signed over them.
create table record_checkpoints (
  number bigint primary key check (number >= 0),
  size bigint not null check (size >= 0),
  root text not null check (root ~ '^[0-9a-f]{64}$'),
  signed_at timestamptz not null,
  statement text not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: what is sealed stays as it is', lower(tg_op), tg_table_name;
end
$$;
create trigger sealed_records_stay before update or delete on sealed_records for each row execute function refuse_change();
create trigger sealed_records_all_stay before truncate on sealed_records for each statement execute function refuse_change();
create trigger record_checkpoints_stay before update or delete on record_checkpoints for each row execute function refuse_change();
create trigger record_checkpoints_all_stay before truncate on record_checkpoints for each statement execute function refuse_change();

-- Down Migration
-- Forward only.

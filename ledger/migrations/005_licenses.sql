-- Up Migration

-- What Commerce has licensed, and how much of it is left. Everything here can be added up again from license_changes.
create table licenses (
  number text primary key,
  -- The order that it was issued to; others of the customer may draw on it.
  order_id text not null,
  customer text not null,
  parties text[] not null,
  product text not null,
  end_use text not null,
  currency text not null,
  issued_on date not null,
  -- The last day on which it is good; null where it names none.
  expires_on date check (expires_on >= issued_on),
  status text not null check (status in ('live', 'suspended', 'revoked')),
  -- All amounts begin at 0: what they are is what the journal adds up to.
  units integer not null default 0,
  revoked integer not null default 0 check (revoked >= 0),
  free integer not null default 0 check (free >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  used integer not null default 0 check (used >= 0),
  value_minor bigint not null default 0,
  value_free bigint not null default 0 check (value_free >= 0),
  value_reserved bigint not null default 0 check (value_reserved >= 0),
  value_used bigint not null default 0 check (value_used >= 0),
  constraint license_units_are_conserved check (free + reserved + used = units - revoked),
  constraint license_value_is_conserved check (value_free + value_reserved + value_used = value_minor),
  constraint revoked_license_has_no_balance check (status <> 'revoked' or free + reserved = 0)
);
create index licenses_by_cover on licenses (customer, product, end_use);

-- What an order has set aside for itself and neither used nor given back.
create table license_reservations (
  key text primary key,
  -- Null where it was given back before it was ever made.
  license text references licenses (number),
  order_id text not null,
  state text not null check (state in ('reserved', 'used', 'released', 'lost')),
  units_left integer not null check (units_left >= 0),
  value_left bigint not null check (value_left >= 0),
  constraint reservation_has_a_license check (license is not null or state = 'released'),
  constraint only_a_reservation_holds_units check ((state = 'reserved') = (units_left > 0)),
  constraint only_a_reservation_holds_value check (state = 'reserved' or value_left = 0)
);
create index license_reservations_by_license on license_reservations (license);

-- Every change of a license, as what it adds to and takes from each amount.
create table license_changes (
  position bigint generated always as identity primary key,
  license text not null references licenses (number),
  kind text not null check (kind in ('recorded', 'reserved', 'released', 'lost', 'used', 'taken-back', 'revised', 'suspended', 'reinstated', 'revoked')),
  key text not null,
  order_id text,
  reservation_key text references license_reservations (key),
  -- The key of the change that took a reservation away.
  caused_by text,
  units integer not null default 0,
  revoked integer not null default 0,
  free integer not null default 0,
  reserved integer not null default 0,
  used integer not null default 0,
  value_minor bigint not null default 0,
  value_free bigint not null default 0,
  value_reserved bigint not null default 0,
  value_used bigint not null default 0,
  -- As the license stood after it.
  status text not null,
  expires_on date,
  parties text[] not null,
  changed_at timestamptz not null,
  -- From when on it counts; earlier than it was recorded where the authority says so.
  effective_at timestamptz not null,
  -- The authority's day of a use.
  on_day date,
  changed_by text,
  reason text,
  evidence text check (evidence ~ '^[0-9a-f]{64}$'),
  unique (kind, key),
  constraint change_conserves_units check (free + reserved + used = units - revoked),
  constraint change_conserves_value check (value_free + value_reserved + value_used = value_minor),
  constraint change_does_what_it_is_called check (case kind
    when 'recorded' then units > 0 and free = units and value_free = value_minor
    when 'reserved' then reserved > 0 and free = -reserved and value_reserved >= 0 and value_free = -value_reserved
    when 'released' then reserved < 0 and free = -reserved and value_reserved <= 0 and value_free = -value_reserved
    when 'lost' then reserved < 0 and free = -reserved and value_reserved <= 0 and value_free = -value_reserved
    when 'used' then used > 0 and reserved <= 0 and units = 0 and revoked = 0 and value_used >= 0 and value_reserved <= 0 and value_minor = 0
    when 'taken-back' then used < 0 and reserved = 0 and units = 0 and value_used <= 0 and value_reserved = 0 and value_minor = 0
    when 'revised' then free = units and value_free = value_minor and revoked = 0 and reserved = 0 and used = 0 and value_reserved = 0 and value_used = 0
    when 'revoked' then revoked >= 0 and free = -revoked and reserved = 0 and used = 0 and value_free = 0 and value_reserved = 0 and value_used = 0
    else units = 0 and revoked = 0 and free = 0 and reserved = 0 and used = 0 and value_free = 0 and value_reserved = 0 and value_used = 0
  end),
  constraint standing_follows_change check ((kind <> 'suspended' or status = 'suspended') and (kind not in ('recorded', 'reinstated') or status = 'live')),
  constraint only_a_live_license_is_used check (kind not in ('reserved', 'used') or status = 'live'),
  constraint license_is_used_until_it_expires check (kind <> 'used' or (on_day is not null and (expires_on is null or on_day <= expires_on))),
  constraint nothing_is_effective_ahead check (effective_at <= changed_at),
  constraint authority_gives_its_reason check (kind not in ('revised', 'suspended', 'reinstated', 'revoked') or (changed_by is not null and reason is not null))
);
create index license_changes_by_license on license_changes (license, position);
create unique index authority_changes_once on license_changes (key) where kind in ('revised', 'suspended', 'reinstated', 'revoked');

-- A ledger that is marked for rehearsals may be emptied as a whole; nothing else takes an entry of the journal away.
create function refuse_license_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' and to_regclass('rehearsal_ledger') is not null then return null; end if;
  raise exception '% of % is refused: a change of a license is followed by another, never rewritten', lower(tg_op), tg_table_name;
end
$$;
create trigger license_changes_stay before update or delete on license_changes for each row execute function refuse_license_rewrite();
create trigger license_changes_all_stay before truncate on license_changes for each statement execute function refuse_license_rewrite();

-- Down Migration
-- Forward only.

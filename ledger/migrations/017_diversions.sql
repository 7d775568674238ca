-- Up Migration

-- What became of telling an order of a change; 'untold' until somebody has tried, null where whoever wrote it told it by themselves.
alter table policy_changes add column told text check (told in ('untold', 'told', 'closed', 'to-sign'));
update policy_changes set told = coalesce(held.told, 'untold')
from screening_holds held where held.hold = id and held.order_id = policy_changes.order_id and effect = 'hold';
alter table screening_holds drop column told;
create index policy_changes_untold on policy_changes (epoch) where told = 'untold';

-- Holds that nobody has lifted, on orders whose record is not sealed.
create view standing_holds as
select order_id, id as hold, epoch, reason, told from policy_changes held
where effect = 'hold'
  and not exists (select from policy_changes lifted where lifted.effect = 'lift' and lifted.id = held.id and lifted.order_id = held.order_id)
  and not exists (select from sealed_records where sealed_records.order_id = held.order_id);

-- Reports that goods of an order went where they may not.
create table diversion_cases (
  number integer generated always as identity primary key,
  customer text not null,
  order_id text not null references orders (id),
  -- So many are said to be diverted; null where that is not known.
  units integer check (units > 0),
  reason text not null,
  evidence text not null,
  reported_by text not null check (reported_by in ('seller.desk', 'buyer', 'us.oee')),
  reported_at timestamptz not null
);
-- By its digest, since an index takes no text of any length.
create unique index evidence_opens_one_case on diversion_cases (order_id, md5(evidence));
create index diversion_cases_by_customer on diversion_cases (customer);

-- How a case was closed, once.
create table diversion_findings (
  case_number integer primary key references diversion_cases (number),
  finding text not null check (finding in ('unfounded', 'substantiated')),
  reason text not null,
  evidence text not null,
  found_by text not null check (found_by in ('us.oee', 'seller.desk')),
  -- The people of the desk, where it closed the case.
  holder text,
  confirmed_by text,
  found_at timestamptz not null,
  constraint the_desk_is_two_people check (
    (found_by = 'seller.desk' and holder is not null and confirmed_by is not null and holder <> confirmed_by)
    or (found_by <> 'seller.desk' and holder is null and confirmed_by is null)
  )
);

-- Down Migration
-- Forward only.

-- Up Migration

-- The caps that an order keeps which waits; null where it has none to keep.
alter table waitlist add column quotas jsonb;
-- Its turn has come and its caps left no room: no units are set aside, and it is on the list only until it has been told.
alter table waitlist add column is_over_quota boolean not null default false;
alter table waitlist add constraint who_is_over_a_quota_is_called check (called_at is not null or not is_over_quota);
alter table waitlist_journal drop constraint waitlist_journal_kind_check;
alter table waitlist_journal add constraint waitlist_journal_kind_check check (kind in ('joined', 'called', 'taken', 'left', 'over-quota'));

-- Calls that were refused over a quota, so that the same call gets the same answer, and one that comes late takes nothing.
create table quota_refusals (
  key text primary key,
  order_id text not null,
  quota text not null,
  quota_limit integer not null,
  used integer not null,
  headroom integer not null,
  refused_at timestamptz not null
);

-- Down Migration
-- Forward only.

-- Up Migration

-- What Commerce has said of each customer; a word is never taken away, the newest counts.
create table customer_words (
  position bigint generated always as identity primary key,
  key text not null unique,
  customer text not null,
  standing text not null check (standing in ('approved', 'declined', 'removed')),
  reason text not null,
  order_id text,
  said_at timestamptz not null
);
create index customer_words_by_customer on customer_words (customer, position desc);

-- Down Migration
-- Forward only.

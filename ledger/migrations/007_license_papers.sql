-- Up Migration

-- What is said in a license beside its amounts, and who signed it: what a worker of signed orders demands before another order ships on it.
create table license_papers (
  license text primary key references licenses (number),
  conditions text[] not null,
  -- The terms and policy of the order that it was issued to and the envelope that issued it; null where the order takes acts without signatures.
  proof jsonb
);

create trigger license_papers_stay before update or delete on license_papers for each row execute function refuse_license_rewrite();

-- Down Migration
-- Forward only.

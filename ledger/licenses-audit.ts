import { type BookDifference, firstDifference } from './audit.ts';
import { type Database, inTransaction } from './database.ts';
import { amounts, objectOf } from './licenses-journal.ts';

const standing = ['status', 'expires_on', 'parties'];

const audits = [
  // The amounts of each license, and how it stands.
  `select number as of, ${objectOf([...amounts, ...standing], 'licenses')} as booked, ${objectOf(amounts, 'added')} || ${objectOf(standing, 'last')} as added
   from licenses
   left join (select license, ${amounts.map((amount) => `sum(${amount})::bigint as ${amount}`).join(', ')} from license_changes group by license) added
     on added.license = number
   left join (select distinct on (license) license, ${standing.join(', ')} from license_changes order by license, position desc) last on last.license = number
   order by number`,
  // What is left of each reservation, and whether it is one still.
  `select license_reservations.key as of, ${objectOf(['license', 'state', 'units_left', 'value_left'], 'license_reservations')} as booked,
     ${objectOf(['license', 'state', 'units_left', 'value_left'], 'added')} as added
   from license_reservations
   left join (
     select reservation_key, max(license) as license, sum(reserved)::bigint as units_left, sum(value_reserved)::bigint as value_left,
       case when sum(reserved) > 0 then 'reserved' else (array_agg(kind order by position desc) filter (where reserved <> 0))[1] end as state
     from license_changes where reservation_key is not null group by reservation_key
   ) added on added.reservation_key = license_reservations.key
   where license_reservations.license is not null order by license_reservations.key`,
  // No amount was ever below nothing on the way.
  `select license as of, jsonb_build_object('lowest', 0) as booked, jsonb_build_object('lowest', least(0, min(lowest))) as added
   from (
     select license, least(${amounts.map((amount) => `sum(${amount}) over journal`).join(', ')}) as lowest
     from license_changes window journal as (partition by license order by position)
   ) run group by license order by license`,
];

/** Adds all licenses and reservations up from the journal again and answers the first figure that differs, undefined where none does. */
export const auditLicenses = (database: Database): Promise<BookDifference | undefined> => inTransaction(database, (ledger) => firstDifference(ledger, audits));

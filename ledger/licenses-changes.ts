import { type Database, inTransaction, type Session } from './database.ts';
import { type Amount, type LicenseRow, lockLicense } from './licenses.ts';
import { type AuthorityKind, type ChangeAnswer, changeAnswer } from './licenses-answers.ts';
import { type Amounts, enter, type NewStanding } from './licenses-journal.ts';
import { makeRoom } from './licenses-room.ts';

/** A change that Commerce makes of a license. `key` is its own; times in epoch milliseconds, `effectiveAt` no later than `at`. */
export interface AuthorityChange {
  readonly key: string;
  readonly number: string;
  /** The person who made it, as a code. */
  readonly by: string;
  readonly at: number;
  /** From when on it counts; where that lies in the past, the answer lists the shipments since then. */
  readonly effectiveAt: number;
  readonly reason: string;
  /** SHA-256 of the document that tells it, in hexadecimal. */
  readonly evidence?: string;
}

/** A change that does not fit the license as it stands: `units-used` and `value-used` where more is used already than it would leave. */
export interface ChangeRefused {
  readonly outcome: 'refused';
  readonly code: 'license-revoked' | 'license-suspended' | 'not-suspended' | 'units-used' | 'value-used' | 'expires-before-issue';
  readonly why: string;
}
const refused = (code: ChangeRefused['code'], why: string): ChangeRefused => ({ outcome: 'refused', code, why });

interface Effect {
  readonly amounts: Amounts;
  readonly standing?: NewStanding;
  /** What must be free before it; reservations give way to it. */
  readonly room?: Amount;
}

/** Sets what is given of units, value, last day and parties to new figures. Reservations give way, the newest first; what is used is not taken back. */
export const reviseLicense = (
  database: Database,
  change: AuthorityChange & { readonly to: { units?: number; valueMinor?: number; expires?: string | null; parties?: readonly string[] } },
): Promise<ChangeAnswer | ChangeRefused> =>
  changeOnce(database, 'revised', change, (license) => {
    const { units = license.units, valueMinor = license.value_minor, expires = license.expires_on, parties = license.parties } = change.to;
    const gone = license.used + license.revoked;
    if (units < gone) return refused('units-used', `${gone} units of license ${license.number} are used or revoked: it cannot be revised to ${units}`);
    if (valueMinor < license.value_used)
      return refused('value-used', `${license.value_used} minor units of license ${license.number} are used: it cannot be revised to ${valueMinor}`);
    if (expires !== null && expires < license.issued_on)
      return refused('expires-before-issue', `license ${license.number} was issued on ${license.issued_on}: it cannot expire on ${expires}`);
    const added = { units: units - license.units, value: valueMinor - license.value_minor };
    return {
      amounts: { units: added.units, free: added.units, value_minor: added.value, value_free: added.value },
      standing: { expires_on: expires, parties: [...parties] },
      room: { units: -added.units, valueMinor: -added.value },
    };
  });

/** Stops all use; what is reserved stays so. */
export const suspendLicense = (database: Database, change: AuthorityChange): Promise<ChangeAnswer | ChangeRefused> =>
  changeOnce(database, 'suspended', change, (license) =>
    license.status === 'suspended'
      ? refused('license-suspended', `license ${license.number} is suspended already: reinstate it first`)
      : { amounts: {}, standing: { status: 'suspended' } },
  );

/** Lets a suspended license be used again. */
export const reinstateLicense = (database: Database, change: AuthorityChange): Promise<ChangeAnswer | ChangeRefused> =>
  changeOnce(database, 'reinstated', change, (license) =>
    license.status === 'suspended'
      ? { amounts: {}, standing: { status: 'live' } }
      : refused('not-suspended', `license ${license.number} is ${license.status}: only a suspended one is reinstated`),
  );

/** Takes the whole license back for good, or so many of its unused units. Reservations give way, the newest first; without `units` all of them. */
export const revokeLicense = (database: Database, change: AuthorityChange & { readonly units?: number }): Promise<ChangeAnswer | ChangeRefused> =>
  changeOnce(database, 'revoked', change, (license) => {
    const unused = license.free + license.reserved;
    const { units = unused } = change;
    if (change.units !== undefined && units < 1)
      throw new RangeError(`${units} units of license ${license.number} cannot be revoked: give 1 or more, or none for all`);
    if (units > unused)
      return refused('units-used', `${unused} units of license ${license.number} are unused: no more can be revoked, and ${units} were to be`);
    const whole = change.units === undefined;
    return {
      amounts: { revoked: units, free: -units },
      ...(whole && { standing: { status: 'revoked' } }),
      room: { units, valueMinor: whole ? license.value_free + license.value_reserved : 0 },
    };
  });

/** Makes a change once by its key. A revoked license takes no other. */
const changeOnce = (
  database: Database,
  kind: AuthorityKind,
  change: AuthorityChange,
  effectOn: (license: LicenseRow) => Effect | ChangeRefused,
): Promise<ChangeAnswer | ChangeRefused> =>
  inTransaction(database, async (ledger) => {
    const license = await lockLicense(ledger, change.number);
    const before = await changeAnswer(ledger, kind, change);
    if (before) return before;
    if (license.status === 'revoked') return refused('license-revoked', `license ${license.number} is revoked: it takes no other change`);
    const effect = effectOn(license);
    if ('outcome' in effect) return effect;
    await write(ledger, kind, change, effect);
    const answer = await changeAnswer(ledger, kind, change);
    if (!answer) throw new Error(`change ${change.key} of license ${change.number} is not in the journal that it was written into`);
    return answer;
  });

async function write(ledger: Session, kind: AuthorityKind, change: AuthorityChange, effect: Effect): Promise<void> {
  const { key, number, by, at, effectiveAt, reason, evidence } = change;
  if (effect.room) await makeRoom(ledger, number, effect.room, { at, causedBy: key });
  await enter(
    ledger,
    await lockLicense(ledger, number),
    { kind, key, at, effectiveAt, by, reason, ...(evidence !== undefined && { evidence }), amounts: effect.amounts },
    effect.standing,
  );
}

import { describe, expect, it } from 'vitest';
import { query } from '../../ledger/database.ts';
import { auditLicenses } from '../../ledger/licenses-audit.ts';
import { revokeLicense } from '../../ledger/licenses-changes.ts';
import { expiringLicenses } from '../../ledger/licenses-expiry.ts';
import { releaseLicense } from '../../ledger/licenses-reservations.ts';
import { emptyLedger, markForRehearsals } from '../../ledger/rehearsals.ts';
import { at, change, on, withLicenses } from './with-licenses.ts';

const { ledger, issued, reserve, use } = withLicenses();
const raw = (statement: string) => query(ledger.database, statement);

describe('licenses that expire', () => {
  const within = [90, 30, 7];
  const expiring = (day: string) => expiringLicenses(ledger.database, day, within);

  it('are named within 90, 30 and 7 days, through their last day, with the orders that hold some of them', async () => {
    await issued('exp-1', { expires: '2024-12-31', issued: '2024-01-01' });
    await reserve('exp-1', 'B', 10, '2024-02-01');
    await reserve('exp-1', 'A', 10, '2024-02-01');
    expect(await expiring('2024-10-01')).toEqual([]);
    const said = { number: 'exp-1', expires: '2024-12-31', balance: 100, orders: ['A', 'B', 'exp-1-order'] };
    expect(await expiring('2024-10-02')).toEqual([{ ...said, daysLeft: 90, within: 90 }]);
    expect(await expiring('2024-11-30')).toEqual([{ ...said, daysLeft: 31, within: 90 }]);
    expect(await expiring('2024-12-01')).toEqual([{ ...said, daysLeft: 30, within: 30 }]);
    expect(await expiring('2024-12-24')).toEqual([{ ...said, daysLeft: 7, within: 7 }]);
    expect(await expiring('2024-12-31')).toEqual([{ ...said, daysLeft: 0, within: 7 }]);
    expect(await expiring('2025-01-01')).toEqual([]);
  });

  it('are not named where nothing is left of them', async () => {
    await issued('exp-2', { expires: '2025-12-31', issued: '2025-01-01' });
    await issued('exp-3', { expires: '2025-12-30', issued: '2025-01-01' });
    await issued('exp-4', { expires: null, issued: '2025-01-01' });
    expect((await expiring('2025-12-01')).map(({ number }) => number)).toEqual(['exp-3', 'exp-2']);
    await use('exp-2', 'wave-1', 100, { on: '2025-02-01' });
    await revokeLicense(ledger.database, change('exp-3', 'r'));
    expect(await expiring('2025-12-01')).toEqual([]);
  });
});

describe('the tables refuse by themselves', () => {
  it('what would break the balance of a license', async () => {
    await issued('raw-1');
    await reserve('raw-1', 'A', 40);
    await use('raw-1', 'wave-1', 10);
    const refused = {
      licenses_free_check: 'free = free - 51, used = used + 51',
      licenses_reserved_check: 'reserved = reserved - 41, free = free + 41',
      licenses_used_check: 'used = used - 11, free = free + 11',
      licenses_revoked_check: 'revoked = -1, free = free + 1',
      licenses_value_free_check: 'value_free = -1, value_used = value_used + value_free + 1',
      licenses_value_reserved_check: 'value_reserved = -1, value_free = value_free + value_reserved + 1',
      licenses_value_used_check: 'value_used = -1, value_free = value_free + value_used + 1',
      license_units_are_conserved: 'free = free + 1',
      license_value_is_conserved: 'value_used = value_used + 1',
      revoked_license_has_no_balance: `status = 'revoked'`,
      licenses_status_check: `status = 'expired'`,
      licenses_check: `expires_on = '2026-01-31'`,
    };
    for (const [constraint, change] of Object.entries(refused))
      await expect(raw(`update licenses set ${change} where number = 'raw-1'`), constraint).rejects.toThrow(constraint);
    await expect(raw(`insert into licenses select * from licenses where number = 'raw-1'`)).rejects.toThrow('licenses_pkey');
  });

  it('what would break a reservation', async () => {
    await issued('raw-2');
    await reserve('raw-2', 'A', 40);
    const refused = {
      license_reservations_units_left_check: 'units_left = -1',
      license_reservations_value_left_check: 'value_left = -1',
      license_reservations_state_check: `state = 'open', units_left = 0, value_left = 0`,
      reservation_has_a_license: 'license = null',
      only_a_reservation_holds_units: `state = 'used', value_left = 0`,
      only_a_reservation_holds_value: `state = 'used', units_left = 0`,
      license_reservations_license_fkey: `license = 'never'`,
    };
    for (const [constraint, change] of Object.entries(refused))
      await expect(raw(`update license_reservations set ${change} where key = 'raw-2/A'`), constraint).rejects.toThrow(constraint);
    await expect(raw(`insert into license_reservations select * from license_reservations where key = 'raw-2/A'`)).rejects.toThrow('license_reservations_pkey');
  });

  /** Writes a change of raw-3 past all code; what is not given is as in a use of one unit. */
  const written = (given: Record<string, string>) => {
    const change = {
      ...{ license: `'raw-3'`, kind: `'used'`, key: `'raw'`, used: '1', free: '-1', value_used: '1', value_free: '-1', status: `'live'`, parties: `'{}'` },
      ...{ expires_on: `'2026-12-31'`, on_day: `'2026-12-31'`, changed_at: 'now()', effective_at: 'now()', ...given },
    };
    return raw(`insert into license_changes (${Object.keys(change).join(', ')}) values (${Object.values(change).join(', ')})`);
  };
  const nothing = { used: '0', free: '0', value_used: '0', value_free: '0' };
  it.each([
    ['change_conserves_units', { free: '0' }],
    ['change_conserves_value', { value_free: '0' }],
    ['change_does_what_it_is_called', { used: '-1', free: '1' }],
    ['change_does_what_it_is_called', { kind: `'reserved'` }],
    ['change_does_what_it_is_called', { kind: `'released'` }],
    ['change_does_what_it_is_called', { kind: `'lost'` }],
    ['change_does_what_it_is_called', { kind: `'taken-back'` }],
    ['change_does_what_it_is_called', { kind: `'recorded'` }],
    ['change_does_what_it_is_called', { kind: `'revised'`, changed_by: `'c'`, reason: `'r'` }],
    ['change_does_what_it_is_called', { kind: `'revoked'`, changed_by: `'c'`, reason: `'r'` }],
    ['change_does_what_it_is_called', { kind: `'suspended'`, changed_by: `'c'`, reason: `'r'` }],
    ['only_a_live_license_is_used', { status: `'suspended'` }],
    ['only_a_live_license_is_used', { status: `'revoked'` }],
    ['standing_follows_change', { kind: `'suspended'`, ...nothing, changed_by: `'c'`, reason: `'r'` }],
    ['standing_follows_change', { kind: `'reinstated'`, ...nothing, changed_by: `'c'`, reason: `'r'`, status: `'suspended'` }],
    ['license_is_used_until_it_expires', { on_day: `'2027-01-01'` }],
    ['license_is_used_until_it_expires', { on_day: 'null' }],
    ['nothing_is_effective_ahead', { effective_at: `now() + interval '1 second'` }],
    ['authority_gives_its_reason', { kind: `'revised'`, ...nothing, changed_by: `'c'` }],
    ['authority_gives_its_reason', { kind: `'revised'`, ...nothing, reason: `'r'` }],
    ['license_changes_kind_check', { kind: `'lent'`, ...nothing }],
    ['license_changes_evidence_check', { evidence: `'E${'0'.repeat(63)}'` }],
    ['license_changes_license_fkey', { license: `'never'` }],
    ['license_changes_reservation_key_fkey', { reservation_key: `'never'` }],
    ['license_changes_kind_key_key', { key: `'raw-3/wave-1'` }],
    ['authority_changes_once', { kind: `'reinstated'`, key: `'raw-3/s'`, ...nothing, changed_by: `'c'`, reason: `'r'` }],
  ])('by %s: %o', async (constraint, given) => {
    if ((await raw(`select 1 from licenses where number = 'raw-3'`)).length === 0) {
      await issued('raw-3');
      await use('raw-3', 'wave-1', 1);
      await written({ kind: `'revised'`, key: `'raw-3/s'`, ...nothing, changed_by: `'c'`, reason: `'r'` });
    }
    await expect(written(given)).rejects.toThrow(constraint);
  });

  it.each([
    ['updated', `update license_changes set reason = 'other'`],
    ['deleted', 'delete from license_changes'],
    ['truncated', 'truncate license_changes'],
  ])('the journal to be %s', async (_what, statement) => {
    await expect(raw(statement)).rejects.toThrow('never rewritten');
  });
});

describe('an audit', () => {
  it('finds books that are what their journal adds up to', async () => {
    await issued('aud-1');
    await reserve('aud-1', 'A', 40);
    await use('aud-1', 'wave-1', 15, { reservation: 'A' });
    await releaseLicense(ledger.database, { key: 'aud-1/never', orderId: 'B', at });
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  });

  it.each([
    ['update licenses set free = free - 1, used = used + 1', 'used = used - 1, free = free + 1', { what: 'free', booked: 59, added: 60 }],
    [`update licenses set status = 'suspended'`, `status = 'live'`, { what: 'status', booked: 'suspended', added: 'live' }],
    ['update licenses set expires_on = null', `expires_on = '2026-12-31'`, { what: 'expires_on', booked: null, added: '2026-12-31' }],
    [`update licenses set parties = '{x}'`, `parties = '{}'`, { what: 'parties', booked: ['x'], added: [] }],
  ])('names the first figure that somebody wrote past the journal: %s', async (forgery, undone, difference) => {
    await raw(`${forgery} where number = 'aud-1'`);
    expect(await auditLicenses(ledger.database)).toEqual({ of: 'aud-1', ...difference });
    await raw(`update licenses set ${undone} where number = 'aud-1'`);
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  });

  it('names a reservation that is not as its journal says', async () => {
    await raw(`update license_reservations set units_left = 99 where key = 'aud-1/A'`);
    expect(await auditLicenses(ledger.database)).toEqual({ of: 'aud-1/A', what: 'units_left', booked: 99, added: 25 });
    await raw(`update license_reservations set units_left = 25 where key = 'aud-1/A'`);
    await raw(`insert into license_reservations values ('aud-1/forged', 'aud-1', 'C', 'reserved', 1, 0)`);
    expect(await auditLicenses(ledger.database)).toMatchObject({ of: 'aud-1/forged', added: null });
    await raw(`delete from license_reservations where key = 'aud-1/forged'`);
    expect(await auditLicenses(ledger.database)).toBeUndefined();
  });

  it('names a license that no journal knows, and one that was below nothing on the way', async () => {
    await raw(`insert into licenses (number, order_id, customer, parties, product, end_use, currency, issued_on, status)
      values ('aud-0', 'o', 'c', '{}', 'H200', 'research', 'USD', '${on}', 'live')`);
    expect(await auditLicenses(ledger.database)).toMatchObject({ of: 'aud-0', what: 'free', booked: 0, added: null });
    const entry = (kind: string, key: string, amounts: string) =>
      raw(`insert into license_changes (license, kind, key, ${amounts.split(' = ')[0] ?? ''}, on_day, status, parties, changed_at, effective_at)
        values ('aud-0', '${kind}', '${key}', ${amounts.split(' = ')[1] ?? ''}, '${on}', 'live', '{}', now(), now())`);
    await entry('used', 'aud-0/wave', 'used, free = 1, -1');
    await entry('taken-back', 'aud-0/wave', 'used, free = -1, 1');
    expect(await auditLicenses(ledger.database)).toEqual({ of: 'aud-0', what: 'lowest', booked: 0, added: -1 });
  });
});

// Last, since the mark stays.
describe('a ledger for rehearsals', () => {
  it('is emptied of its licenses as a whole, and its journal is rewritten no more than any other', async () => {
    await markForRehearsals(ledger.database);
    await expect(raw('delete from license_changes')).rejects.toThrow('never rewritten');
    await emptyLedger(ledger.database);
    expect(await raw('select 1 from license_changes union select 1 from licenses')).toEqual([]);
  });
});

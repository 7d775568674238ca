import { describe, expect, it } from 'vitest';
import { type Database, query } from '../../ledger/database.ts';
import { keepCheckpoint, lastCheckpoint, SealConflict, type SealedRecord, sealedRecord, sealRecord, seals, unsealedOf } from '../../ledger/sealed-records.ts';
import { emptyLedger, markForRehearsals } from '../../ledger/rehearsals.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 5, 1);
const record = (order: string, digit = '1'): SealedRecord => ({ order, count: 3, hash: digit.repeat(64), record: `{"order":"${order}"}` });
const positions = async (database: Database): Promise<number[]> =>
  (await query<{ position: number }>(database, 'select position from sealed_records order by position')).map((row) => row.position);

describe('the record of a closed order', () => {
  it('is sealed once, and is the same record again without a second one', async () => {
    expect(await sealRecord(ledger.database, record('S-1'), at)).toBe('sealed');
    expect(await sealRecord(ledger.database, record('S-1'), at + 1)).toBe('known');
    expect(await sealedRecord(ledger.database, 'S-1')).toBe('{"order":"S-1"}');
    expect(await seals(ledger.database)).toEqual([{ order: 'S-1', count: 3, hash: '1'.repeat(64) }]);
  });

  it('is never replaced by another one', async () => {
    await expect(sealRecord(ledger.database, record('S-1', '2'), at)).rejects.toThrow(SealConflict);
    expect(await sealedRecord(ledger.database, 'S-1')).toBe('{"order":"S-1"}');
  });

  it.each([
    ['updated', `update sealed_records set hash = repeat('0', 64)`],
    ['deleted', 'delete from sealed_records'],
    ['truncated', 'truncate sealed_records'],
  ])('is not %s, whoever asks', async (_what, statement) => {
    await expect(query(ledger.database, statement)).rejects.toThrow('what is sealed stays as it is');
    expect(await sealedRecord(ledger.database, 'S-1')).toBe('{"order":"S-1"}');
  });

  it('is sealed by one of four workers that come at the same moment, and their records are numbered without a gap', async () => {
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    const orders = Array.from({ length: 12 }, (_, index) => `S-2-${index}`);
    const answers = await Promise.all(pools.flatMap((pool) => orders.map((order) => sealRecord(pool, record(order), at))));
    expect(answers.filter((answer) => answer === 'sealed')).toHaveLength(12);
    const numbers = await positions(ledger.database);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  });

  it('is told apart from what is not sealed yet', async () => {
    expect(await unsealedOf(ledger.database, ['S-1', 'S-9', 'S-2-3'])).toEqual(['S-9']);
    expect(await sealedRecord(ledger.database, 'S-9')).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  const checkpoint = { number: 0, size: 2, root: 'a'.repeat(64), at, statement: 'a.b.c' };
  it('is kept under its number by one of those who come at the same moment, and stays', async () => {
    expect(await lastCheckpoint(ledger.database)).toBeUndefined();
    const kept = await Promise.all([0, 1, 2].map((index) => keepCheckpoint(ledger.pool(), { ...checkpoint, statement: `a.b.${index}` })));
    expect(kept.filter(Boolean)).toHaveLength(1);
    const last = await lastCheckpoint(ledger.database);
    expect(last).toMatchObject({ number: 0, size: 2, at });
    await expect(query(ledger.database, 'delete from record_checkpoints')).rejects.toThrow('what is sealed stays as it is');
    expect(await keepCheckpoint(ledger.database, { ...checkpoint, number: 1, size: 5 })).toBe(true);
    expect(await lastCheckpoint(ledger.database)).toEqual({ ...checkpoint, number: 1, size: 5 });
  });
});

// Last, since the mark stays.
describe('a ledger for rehearsals', () => {
  it('lets nobody take sealed records away either: its worker seals none', async () => {
    await markForRehearsals(ledger.database);
    const before = await seals(ledger.database);
    await emptyLedger(ledger.database);
    await expect(query(ledger.database, 'truncate sealed_records')).rejects.toThrow('what is sealed stays as it is');
    expect(await seals(ledger.database)).toEqual(before);
  });
});

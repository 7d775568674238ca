import type { OrderTerms } from '../../domain/terms.ts';
import { describe, expect, it } from 'vitest';
import { type Database, query } from '../../ledger/database.ts';
import { accrueLevy } from '../../ledger/levy.ts';
import { claimOrders, OrderConflict, submittedAt } from '../../ledger/orders.ts';
import { happenOnce, nextFault, plantFault } from '../../ledger/simulation.ts';
import { terms } from '../support/orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2025, 11, 22);

/** Whether the orders were taken or are in conflict with what their ids stand for. */
const claim = (database: Database, policy: string, ...orders: readonly OrderTerms[]): Promise<'taken' | 'conflict'> =>
  claimOrders(
    database,
    orders.map((one) => ({ terms: one, policy })),
    Date.now(),
  ).then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof OrderConflict) return 'conflict';
      throw error;
    },
  );

describe('an order id', () => {
  it('is claimed once for its content, known to the same content, and in conflict with any other', async () => {
    const order = terms({ id: 'claim-1' });
    const { units, id, ...rest } = order;
    expect(await claim(ledger.database, 'policy-1', order)).toBe('taken');
    expect(await claim(ledger.database, 'policy-1', { ...rest, id, units })).toBe('taken');
    expect(await claim(ledger.database, 'policy-1', { ...order, units: units + 1 })).toBe('conflict');
    expect(await claim(ledger.database, 'policy-1', { ...order, shipBy: '2026-02-16' })).toBe('conflict');
    expect(await claim(ledger.database, 'policy-2', order)).toBe('conflict');
    expect(await claim(ledger.database, 'policy-1', order)).toBe('taken');
  });

  it('is not claimed where another of the same list is in conflict', async () => {
    expect(await claim(ledger.database, 'policy-1', terms({ id: 'claim-5' }))).toBe('taken');
    expect(await claim(ledger.database, 'policy-1', terms({ id: 'claim-6' }), terms({ id: 'claim-5', units: 7 }))).toBe('conflict');
    expect(await submittedAt(ledger.database, ['claim-6'])).toBeUndefined();
  });

  it('is claimed by one of four clients that come at the same moment', async () => {
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    const answers = await Promise.all(pools.map((pool, client) => claim(pool, 'policy-1', terms({ id: 'claim-2', units: 1 + (client % 2) }))));
    expect(answers.toSorted()).toEqual(['conflict', 'conflict', 'taken', 'taken']);
  });

  it('tells when the first of several orders came in, and nothing where none did', async () => {
    const before = Date.now() - 60_000;
    await claim(ledger.database, 'policy-1', terms({ id: 'claim-3' }));
    const first = await submittedAt(ledger.database, ['claim-3', 'never']);
    expect(first).toBeGreaterThan(before);
    await claim(ledger.database, 'policy-1', terms({ id: 'claim-4' }));
    expect(await submittedAt(ledger.database, ['claim-4', 'claim-3'])).toBe(first);
    expect(await submittedAt(ledger.database, ['never'])).toBeUndefined();
  });
});

describe('the levy', () => {
  const entry = { orderId: 'A-1', policy: 'policy-1', revenueMinor: 1_000_000_000_000_000, amountMinor: 250_000_000_000_000, currency: 'USD', at };
  const entriesOf = (key: string) =>
    query<{ amount_minor: number; revenue_minor: number }>(ledger.database, 'select revenue_minor, amount_minor from levy_entries where key = $1', [key]);

  it('is accrued once by key, to the last cent of 10^15', async () => {
    await accrueLevy(ledger.database, { ...entry, key: 'levy-1' });
    await accrueLevy(ledger.database, { ...entry, key: 'levy-1' });
    await accrueLevy(ledger.database, { ...entry, key: 'levy-1', amountMinor: 1 });
    expect(await entriesOf('levy-1')).toEqual([{ revenue_minor: 1_000_000_000_000_000, amount_minor: 250_000_000_000_000 }]);
  });

  it('is accrued once by four clients that bring it at the same moment', async () => {
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    await Promise.all(pools.map((pool) => accrueLevy(pool, { ...entry, key: 'levy-2' })));
    expect(await entriesOf('levy-2')).toHaveLength(1);
  });

  it('is never more than the revenue, nor less than nothing', async () => {
    await expect(accrueLevy(ledger.database, { ...entry, key: 'levy-3', revenueMinor: 10, amountMinor: 11 })).rejects.toThrow('check');
    await expect(accrueLevy(ledger.database, { ...entry, key: 'levy-3', revenueMinor: 10, amountMinor: -1 })).rejects.toThrow('check');
    expect(await entriesOf('levy-3')).toEqual([]);
  });

  it('comes back as an error, never rounded, where the ledger holds more than a number can', async () => {
    await expect(query(ledger.database, 'select 9007199254740993::bigint as cents')).rejects.toThrow('past 2^53');
  });
});

describe('the simulated world', () => {
  const effect = (key: string, reference: string) => ({ key, step: 'file-application', orderId: 'A-1', at, answer: { filingReference: reference } });

  it('lets an effect happen once by key and answers as the first time', async () => {
    expect(await happenOnce(ledger.database, effect('e-1', 'FILING-1'))).toEqual({ filingReference: 'FILING-1' });
    expect(await happenOnce(ledger.database, effect('e-1', 'FILING-2'))).toEqual({ filingReference: 'FILING-1' });
    expect(await happenOnce(ledger.database, effect('e-2', 'FILING-2'))).toEqual({ filingReference: 'FILING-2' });
  });

  it('answers four clients alike that ask at the same moment', async () => {
    const pools = Array.from({ length: 4 }, () => ledger.pool());
    const answers = await Promise.all(pools.map((pool, client) => happenOnce(pool, effect('e-3', `FILING-${client}`))));
    expect(new Set(answers.map((answer) => answer.filingReference)).size).toBe(1);
  });

  it('shows a planted fault as often as it was planted, for that step of that order alone', async () => {
    await plantFault(ledger.database, { step: 'ship', orderId: 'A-1', fault: 'unavailable', times: 2 });
    expect(await nextFault(ledger.database, 'ship', 'A-2')).toBeUndefined();
    expect(await nextFault(ledger.database, 'reserve-stock', 'A-1')).toBeUndefined();
    expect([await nextFault(ledger.database, 'ship', 'A-1'), await nextFault(ledger.database, 'ship', 'A-1')]).toEqual(['unavailable', 'unavailable']);
    expect(await nextFault(ledger.database, 'ship', 'A-1')).toBeUndefined();
  });

  it('planted again counts from the new number', async () => {
    await plantFault(ledger.database, { step: 'ship', orderId: 'A-3', fault: 'late', times: 5 });
    await plantFault(ledger.database, { step: 'ship', orderId: 'A-3', fault: 'late', times: 1 });
    expect([await nextFault(ledger.database, 'ship', 'A-3'), await nextFault(ledger.database, 'ship', 'A-3')]).toEqual(['late', undefined]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database } from '../../ledger/database.ts';
import { releaseUnits, reserveUnits, shipUnits } from '../../ledger/stock.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2025, 11, 22);

interface Operation {
  readonly kind: 'reserve' | 'ship' | 'release';
  readonly reservation: number;
  readonly units: number;
}
const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('reserve', 'reserve', 'ship', 'release'),
  reservation: fc.nat(5),
  units: fc.integer({ min: 1, max: 30 }),
});

/** Does one operation; a shipment out of turn and a reservation made anew are refused by an error, which is no fault of the ledger. */
async function perform(database: Database, product: string, one: Operation): Promise<void> {
  const key = `${product}/${one.reservation}`;
  if (one.kind === 'reserve')
    await reserveUnits(database, { key, orderId: product, product, units: one.units, at }).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('was released'))) throw error;
    });
  else if (one.kind === 'release') await releaseUnits(database, { orderId: product, reservationKey: key, at });
  else
    await shipUnits(database, { key: `${key}/ship`, orderId: product, reservationKey: key, policyEpoch: 0, at }).catch((error: unknown) => {
      if (!(error instanceof Error && error.message.includes('is not reserved'))) throw error;
    });
}

it('units are neither made nor lost, whatever four clients reserve, ship and give back at the same time', async () => {
  const pools = Array.from({ length: 4 }, () => ledger.pool());
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(...pools.map(() => fc.array(operation, { minLength: 3, maxLength: 10 }))), async (clients) => {
      const product = `P${(runs += 1)}`;
      await receiveLot(ledger.database, { id: `${product}-1`, product, units: 40 }, at);
      await receiveLot(ledger.database, { id: `${product}-2`, product, units: 20 }, at);

      await Promise.all(
        clients.map(async (operations, index) => {
          const pool = pools[index];
          if (pool) for (const one of operations) await perform(pool, product, one);
        }),
      );

      const { received, free, reserved, shipped } = await holdingsOf(ledger.database, product);
      expect(received).toBe(60);
      expect(free + reserved + shipped).toBe(60);
      expect(Math.min(free, reserved, shipped)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 25 },
  );
});

it('four clients that want the last units get them once', async () => {
  await receiveLot(ledger.database, { id: 'last-1', product: 'last', units: 10 }, at);
  const pools = Array.from({ length: 4 }, () => ledger.pool());
  const answers = await Promise.all(
    pools.map((pool, client) => reserveUnits(pool, { key: `last/${client}`, orderId: `o-${client}`, product: 'last', units: 10, at })),
  );
  expect(answers.map((answer) => answer.outcome).toSorted()).toEqual(['reserved', 'short', 'short', 'short']);
  expect(answers.filter((answer) => answer.outcome === 'short')).toEqual(Array.from({ length: 3 }, () => ({ outcome: 'short', free: 0 })));
});

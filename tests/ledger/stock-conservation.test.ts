import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Quota } from '../../domain/rules/quota.ts';
import type { Database } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { quarantineUnits, restoreUnits } from '../../ledger/stock-quarantine.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { replaceUnits } from '../../ledger/stock-replacing.ts';
import { quarantineReturn } from '../../ledger/stock-return.ts';
import { reduceUnits, releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { termsOf } from './capped-orders.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2025, 11, 22);

const kinds = [
  'reserve',
  'reserve',
  'reserve',
  'ship',
  'ship a part',
  'ship a part',
  'return',
  'release',
  'release the rest',
  'reduce',
  'receive',
  'quarantine free',
  'quarantine reserved',
  'replace',
  'restore',
] as const;
interface Operation {
  readonly kind: (typeof kinds)[number];
  /** Which reservation, lot or finding: few, so that clients meet at the same key. */
  readonly which: number;
  readonly units: number;
}
const operation: fc.Arbitrary<Operation> = fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(5), units: fc.integer({ min: 1, max: 30 }) });

/** What is out of turn is refused by an error that says so, which is no fault of the ledger. */
const outOfTurn =
  /was released|is not reserved|expected one that is reserved|has (not )?\d+ units|is not in the ledger|give the new (one|receipt)|lost all its units|no shipment|never left|came back by/;

/** Does one operation on a product that has two lots from the start; others come in on the way. */
async function perform(database: Database, product: string, { kind, which, units }: Operation): Promise<{ outcome: string }> {
  const key = `${product}/${which}`;
  const of = { orderId: `${product}-${which}`, reservationKey: key, at };
  const finding = { key: `${key}/${kind}/${units}`, lot: `${product}-${which % 3}`, what: { units }, reason: 'found', at };
  // Some keep a cap, which the others count for as well.
  const quotas: readonly Quota[] = [{ kind: 'units-in-all', name: 'in-all', units: 45, products: [product] }];
  const wanted = { customerClass: 'core', key, orderId: of.orderId, product, units, ...(which > 2 && { quotas }), at } as const;
  if (kind === 'reserve') return await reserveUnits(database, wanted);
  if (kind === 'ship') return await shipUnits(database, { key: `${key}/ship`, ...of, policyEpoch: 0 });
  const part = `${key}/ship/${units % 4}`;
  if (kind === 'ship a part') return await shipUnits(database, { key: part, ...of, policyEpoch: 0, units: 1 + (units % 7) });
  if (kind === 'return') await quarantineReturn(database, { key: `${part}/back/${units % 2}`, orderId: of.orderId, shipmentKey: part, reason: 'refused', at });
  if (kind === 'release the rest') await releaseUnits(database, { ...of, left: [0, 1].map((wish) => `${key}/ship/${wish}`) });
  if (kind === 'release') await releaseUnits(database, of);
  if (kind === 'reduce') await reduceUnits(database, { ...of, units });
  if (kind === 'receive') await receiveLot(database, { id: `${product}-${which}`, product, units: lotUnits }, at);
  if (kind === 'quarantine free') await quarantineUnits(database, finding);
  if (kind === 'quarantine reserved') await quarantineUnits(database, { ...finding, reservationKey: key });
  if (kind === 'replace') {
    const { missing } = await replaceUnits(database, { ...finding, ...of, key: `${key}/replaced/${units % 6}`, what: { units: 1 + (units % 6) } });
    return { outcome: missing > 0 ? 'missing' : 'replaced' };
  }
  if (kind === 'restore') await restoreUnits(database, finding);
  return { outcome: 'done' };
}
const lotUnits = 25;

/** One client that meets every outcome in turn, whatever the others come to. */
const everything = (
  [
    ['reserve', 0, 5],
    ['quarantine reserved', 0, 2],
    ['quarantine reserved', 5, 2],
    ['restore', 0, 2],
    ['restore', 1, 2],
    ['quarantine free', 1, 2],
    ['quarantine free', 2, 30],
    ['reserve', 1, 10],
    ['reduce', 1, 4],
    ['ship', 0, 1],
    ['ship', 5, 1],
    ['reserve', 2, 90],
    ['reserve', 5, 46],
    ['release', 1, 1],
    ['reserve', 1, 10],
    ['receive', 4, 1],
    ['reserve', 3, 9],
    ['ship a part', 3, 1],
    ['ship a part', 3, 2],
    ['ship a part', 3, 20],
    ['return', 3, 1],
    ['return', 3, 1],
    ['return', 3, 3],
    ['release the rest', 3, 1],
    ['ship a part', 3, 3],
  ] as const
).map(([kind, which, units]): Operation => ({ kind, which, units }));

/** Units fail while others are in stock, and when none are. */
const failing = (
  [
    ['reserve', 0, 20],
    ['replace', 0, 1],
    ['reserve', 1, 28],
    ['replace', 0, 2],
    ['replace', 5, 2],
  ] as const
).map(([kind, which, units]): Operation => ({ kind, which, units }));

it('units are neither made nor lost, whatever four clients do with them at the same time, and the journal tells every one', async () => {
  const pools = Array.from({ length: 4 }, () => ledger.pool());
  const seen = new Set<string>();
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.tuple(...pools.map(() => fc.array(operation, { minLength: 4, maxLength: 12 }))), async (clients) => {
      const product = `P${(runs += 1)}`;
      const orders = Array.from({ length: 6 }, (_, which) => ({ terms: termsOf(`${product}-${which}`, `${product}-customer`, 'H200', 1), policy: 'p' }));
      await claimOrders(ledger.database, orders, at);
      for (const lot of [0, 1]) await receiveLot(ledger.database, { id: `${product}-${lot}`, product, units: lotUnits }, at);

      await Promise.all(
        clients.map(async (operations, index) => {
          const pool = pools[index] ?? ledger.database;
          for (const one of operations) {
            const answer = await perform(pool, product, one).catch((error: unknown) => {
              if (!(error instanceof Error && outOfTurn.test(error.message))) throw error;
              return { outcome: 'out of turn' };
            });
            seen.add(`${one.kind}: ${answer.outcome}`);
          }
        }),
      );

      const { received, free, reserved, quarantined, shipped } = await holdingsOf(ledger.database, product);
      expect(received % lotUnits).toBe(0);
      expect(free + reserved + quarantined + shipped).toBe(received);
      expect(Math.min(free, reserved, quarantined, shipped)).toBeGreaterThanOrEqual(0);
      expect(await auditStock(ledger.database)).toBeUndefined();
    }),
    { numRuns: 25, examples: [[[everything, [], [], []]], [[failing, [], [], []]]] },
  );
  // That the property has met what it is about.
  for (const met of [
    ...[
      'reserve: reserved',
      'reserve: short',
      'reserve: over-quota',
      'reserve: out of turn',
      'ship: shipped',
      'ship: out of turn',
      'release: done',
      'receive: done',
      'reduce: done',
    ],
    ...[
      'quarantine free: done',
      'quarantine free: out of turn',
      'quarantine reserved: done',
      'quarantine reserved: out of turn',
      'replace: replaced',
      'replace: missing',
      'replace: out of turn',
      'restore: done',
      'restore: out of turn',
      'ship a part: shipped',
      'ship a part: out of turn',
      'return: done',
      'return: out of turn',
      'release the rest: done',
    ],
  ])
    expect([...seen]).toContain(met);
});

it('four clients that want the last units get them once', async () => {
  await receiveLot(ledger.database, { id: 'last-1', product: 'last', units: 10 }, at);
  const pools = Array.from({ length: 4 }, () => ledger.pool());
  const answers = await Promise.all(
    pools.map((pool, client) => reserveUnits(pool, { customerClass: 'core', key: `last/${client}`, orderId: `o-${client}`, product: 'last', units: 10, at })),
  );
  expect(answers.map((answer) => answer.outcome).toSorted()).toEqual(['reserved', 'short', 'short', 'short']);
  const short = answers.flatMap((answer) => (answer.outcome === 'short' ? [answer] : [])).toSorted((a, b) => a.place - b.place);
  expect(short).toEqual([1, 2, 3].map((place) => ({ outcome: 'short', free: 0, place, waiting: place })));
});

import { readFileSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { serialRange } from '../../edge/serial-range.ts';
import { inTransaction, query, type Session } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { emptyLedger, markForRehearsals } from '../../ledger/rehearsals.ts';
import { auditStock, auditStockIn } from '../../ledger/stock-audit.ts';
import { quarantineUnits } from '../../ledger/stock-quarantine.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { reservationsDue, setReview } from '../../ledger/stock-review.ts';
import { replaceUnits } from '../../ledger/stock-replacing.ts';
import { quarantineReturn } from '../../ledger/stock-return.ts';
import { openWindow } from '../../ledger/stock-windows.ts';
import { releaseUnits, releaseUnitsIn, reduceUnits } from '../../ledger/stock.ts';
import { shipUnits, shipUnitsIn } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { termsOf } from './capped-orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);
const wanted = (key: string, units: number, reviewBy?: string) => ({
  ...{ key, orderId: `order-${key}`, product: 'H200', units, at },
  customerClass: 'core' as const,
  ...(reviewBy !== undefined && { reviewBy }),
});

/** Some of everything: two lots, one of them with numbers and from a window, and reservations that shipped, shrank, came back or failed in part. */
async function busy(): Promise<void> {
  const { database } = ledger;
  await openWindow(database, { id: 'W', product: 'H200', units: 50, opensAt: at, certainty: 'confirmed' }, at);
  await receiveLot(database, { id: 'L1', product: 'H200', units: 40 }, at);
  await receiveLot(database, { id: 'L2', product: 'H200', units: 30, window: 'W', serials: [serialRange.parse('A-01..A-30')] }, at);
  await claimOrders(
    database,
    ['shipped', 'smaller', 'back', 'failed', 'parts'].map((key) => ({ terms: termsOf(`order-${key}`, 'cloud-1', 'H200', 10), policy: '2026-01-rule' })),
    at,
  );
  for (const [key, units] of [
    ['shipped', 20],
    ['smaller', 25],
    ['back', 5],
    ['failed', 10],
  ] as const)
    await reserveUnits(database, wanted(key, units));
  await shipUnits(database, { key: 'shipped/s', orderId: 'order-shipped', reservationKey: 'shipped', policyEpoch: 0, at });
  await reduceUnits(database, { reservationKey: 'smaller', units: 22, at });
  await releaseUnits(database, { orderId: 'order-back', reservationKey: 'back', at });
  await reserveUnits(database, wanted('parts', 5));
  for (const [wish, units] of [1, 1, 1].entries())
    await shipUnits(database, { key: `parts/s${wish}`, orderId: 'order-parts', reservationKey: 'parts', policyEpoch: 0, units, at });
  await quarantineReturn(database, { key: 'parts/q', orderId: 'order-parts', shipmentKey: 'parts/s1', reason: 'refused', at });
  await quarantineUnits(database, { key: 'q', lot: 'L2', what: serialRange.parse('A-03..A-04'), reservationKey: 'failed', reason: 'failed', at });
  await receiveLot(database, { id: 'L4', product: 'H800', units: 3 }, at);
  await reserveUnits(database, { ...wanted('tested', 2), product: 'H800' });
  const what = { units: 2 };
  await replaceUnits(database, { key: 'tested/r', orderId: 'order-tested', reservationKey: 'tested', lot: 'L4', what, reason: 'failed', at });
}
beforeAll(busy, 60_000);

/** Tampers with the books in a transaction that is not kept, and audits them within it. */
async function auditedAfter(statement: string): Promise<unknown> {
  const undo = new Error('undone');
  let found: unknown;
  await inTransaction(ledger.database, async (session) => {
    await session.query(statement);
    found = await auditStockIn(session);
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return found;
}
describe('the audit', () => {
  it('finds nothing where all was done by the ledger', async () => {
    expect(await auditStock(ledger.database)).toBeUndefined();
  });

  it.each([
    ['units that became free by themselves', `update lots set free = free + 1, shipped = shipped - 1 where id = 'L1'`, { of: 'lot L1', what: 'free' }],
    ['units that nobody received', `update lots set received = 41, free = free + 1 where id = 'L1'`, { of: 'lot L1', what: 'free', booked: 1, added: 0 }],
    ['a lot without a journal', `insert into lots (id, product, received, free) values ('L0', 'H200', 5, 5)`, { of: 'lot L0', booked: 5, added: null }],
    [
      'a reservation that has one more',
      `update reservation_lots set units = units + 1 where reservation_key = 'parts'`,
      { of: 'reservation parts, lot L2', what: 'reserved', booked: 3, added: 2 },
    ],
    [
      'one that holds what it gave back',
      `update reservations set state = 'reserved' where key = 'back'`,
      { of: 'reservation back, lot L2', what: 'reserved', booked: 5, added: 0 },
    ],
    [
      'one whose lot is forgotten',
      `delete from reservation_lots where reservation_key = 'parts'`,
      { of: 'reservation parts, lot L2', what: 'reserved', booked: 0, added: 2 },
    ],
    [
      'a shipment that took one more',
      `update shipment_lots set units = units + 1 where shipment_key = 'shipped/s'`,
      { of: 'shipment shipped/s, lot L1', what: 'taken', booked: 21, added: 20 },
    ],
    [
      'one whose lot is forgotten, too',
      `delete from shipment_lots where shipment_key = 'parts/s0'`,
      { of: 'shipment parts/s0, lot L2', what: 'taken', booked: null, added: 1 },
    ],
    [
      'one of another reservation',
      `update shipments set reservation_key = 'smaller' where key = 'parts/s0'`,
      { of: 'shipment parts/s0, lot L2', what: 'reservation', booked: 'smaller', added: 'parts' },
    ],
    [
      'one that is said never to have left',
      `update shipments set state = 'never-left' where key = 'parts/s2'`,
      { of: 'shipment parts/s2, lot L2', what: 'shipped', booked: 0, added: 1 },
    ],
    [
      'one that came back and is said to have left',
      `update shipments set state = 'left', returned_by = null where key = 'parts/s1'`,
      { of: 'shipment parts/s1, lot L2', what: 'shipped', booked: 1, added: 0 },
    ],
    [
      'others in place of units that failed that were never reserved',
      `update unit_replacements set missing = 0, lots = '[{"lot": "L4", "units": 2}]'`,
      { of: 'replacement tested/r', what: 'replaced', booked: 2, added: 1 },
    ],
    ['fewer that failed than were set apart', 'update unit_replacements set missing = 0', { of: 'replacement tested/r', what: 'failed', booked: 1, added: 2 }],
    [
      'a unit in quarantine without its number',
      `delete from quarantined_serials where serial = 'A-03'`,
      { of: 'lot L2', what: 'in quarantine', booked: 1, added: 2 },
    ],
    [
      'numbers that are fewer than the units',
      `update lot_serials set last = 'A-29', units = 29`,
      { of: 'lot L2', what: 'serial numbers', booked: 29, added: 30 },
    ],
    ['a window that tells another receipt', `update stock_windows set received = 31`, { of: 'window W', what: 'received', booked: 31, added: 30 }],
    ['a quota that counts less', `update quota_use set committed = committed - 1`, { of: 'quota of cloud-1, H200', what: 'committed', booked: 21, added: 22 }],
    ['a quota that is forgotten', `delete from quota_use`, { of: 'quota of cloud-1, H200', booked: null }],
  ])('finds %s', async (_what, statement, difference) => {
    expect(await auditedAfter(statement)).toMatchObject(difference);
  });
});

describe('reservations that the desk looks at again', () => {
  it('are listed from their day on, until they are no reservations any more', async () => {
    const { database } = ledger;
    await receiveLot(database, { id: 'L3', product: 'H20', units: 20 }, at);
    await reserveUnits(database, { ...wanted('r1', 5, '2026-03-01'), product: 'H20' });
    await reserveUnits(database, { ...wanted('r2', 6), product: 'H20' });
    expect(await reservationsDue(database, '2026-02-28')).toEqual([]);
    expect(await setReview(database, 'order-r2', '2026-02-10')).toBe(true);
    expect(await reservationsDue(database, '2026-03-01')).toEqual([
      { order: 'order-r2', units: 6, product: 'H20', reviewBy: '2026-02-10' },
      { order: 'order-r1', units: 5, product: 'H20', reviewBy: '2026-03-01' },
    ]);
    expect(await reservationsDue(database, '2026-03-01', 'H200')).toEqual([]);
    await setReview(database, 'order-r2', null);
    await releaseUnits(database, { orderId: 'order-r1', reservationKey: 'r1', at });
    expect(await reservationsDue(database, '2026-03-01')).toEqual([]);
    expect(await setReview(database, 'order-r1', '2026-03-01')).toBe(false);
  });
});

describe('a ledger from before the journal', () => {
  const folder = fileURLToPath(new URL('../../ledger/migrations/', import.meta.url));
  const files = globSync('*.sql', { cwd: folder }).toSorted();
  const migrated = (session: Session, names: readonly string[]) =>
    names.reduce((before, name) => before.then(() => session.query(readFileSync(folder + name, 'utf8'))), Promise.resolve<unknown>(undefined));

  it('is given one that adds up, with what quotas count', async () => {
    await query(ledger.database, 'create schema before_the_journal');
    await inTransaction(ledger.database, async (session) => {
      await session.query('set local search_path to before_the_journal');
      await migrated(
        session,
        files.filter((name) => name < '008'),
      );
      const terms = JSON.stringify(termsOf('A-1', 'cloud-1', 'H200', 10));
      await session.query(`insert into orders values ('A-1', $1, 'p', now())`, [terms]);
      await session.query(`
        insert into lots (id, product, received, free, reserved, shipped) values ('L1', 'H200', 40, 15, 5, 20), ('L2', 'H200', 10, 10, 0, 0);
        insert into reservations values
          ('gone', 'A-1', 'shipped', '2026-01-01', '2026-01-03'), ('kept', 'A-1', 'reserved', '2026-01-02', '2026-01-02'),
          ('back', 'A-2', 'released', '2026-01-02', '2026-01-02'), ('home', 'A-1', 'released', '2026-01-01', '2026-01-05'), ('never', 'A-3', 'released', '2026-01-01', '2026-01-01');
        insert into reservation_lots values ('gone', 'L1', 20), ('kept', 'L1', 5), ('back', 'L1', 15), ('home', 'L2', 10);
        insert into shipments values ('gone/s', 'A-1', 'gone', 0, '2026-01-03'), ('home/s', 'A-1', 'home', 0, '2026-01-04')`);
      await migrated(
        session,
        files.filter((name) => name > '008'),
      );
      expect(await auditStockIn(session)).toBeUndefined();
      expect(await session.query('select customer, reserved, committed from quota_use')).toEqual([{ customer: 'cloud-1', reserved: 5, committed: 20 }]);
      expect(await session.query(`select kind, units from stock_journal where lot = 'L2' order by position`)).toEqual(
        ['received', 'reserved', 'shipped', 'returned'].map((kind) => ({ kind, units: 10 })),
      );
      // Each of its shipments has what it took, whatever became of it; a reservation has what has not left.
      expect(await session.query('select key, state, lot_id as lot, units from shipments join shipment_lots on shipment_key = key order by key')).toEqual([
        { key: 'gone/s', state: 'left', lot: 'L1', units: 20 },
        { key: 'home/s', state: 'never-left', lot: 'L2', units: 10 },
      ]);
      expect(await session.query('select reservation_key as key, units from reservation_lots order by key')).toEqual([
        { key: 'back', units: 15 },
        { key: 'kept', units: 5 },
      ]);
      const wave = { orderId: 'A-1', reservationKey: 'kept', policyEpoch: 0, at };
      await shipUnitsIn(session, { ...wave, key: 'kept/s0', units: 2 }, () => Promise.resolve(undefined));
      expect(await releaseUnitsIn(session, { orderId: 'A-1', reservationKey: 'kept', left: ['kept/s0'], at })).toEqual({ released: 3 });
      expect(await releaseUnitsIn(session, { orderId: 'A-1', reservationKey: 'gone', at })).toEqual({ released: 20 });
      expect(await auditStockIn(session)).toBeUndefined();
      throw new Error('seen');
    }).catch((error: unknown) => {
      if (!(error instanceof Error && error.message === 'seen')) throw error;
    });
  });
});

it('a ledger of rehearsals is emptied with its journal', async () => {
  await markForRehearsals(ledger.database);
  await emptyLedger(ledger.database);
  expect(await query(ledger.database, 'select 1 from stock_journal union all select 1 from lots union all select 1 from quota_use')).toEqual([]);
  await busy();
  expect(await auditStock(ledger.database)).toBeUndefined();
});

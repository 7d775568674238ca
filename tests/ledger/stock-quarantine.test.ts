import { describe, expect, it } from 'vitest';
import { serialRange } from '../../edge/serial-range.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { type Finding, quarantineUnits, restoreUnits } from '../../ledger/stock-quarantine.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { lotStandings } from '../../ledger/stock-shown.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);
const range = (text: string) => serialRange.parse(text);

/** A lot of ten units of a product of its own name, with numbers where they are given. */
const lot = (id: string, serials?: string) =>
  receiveLot(ledger.database, { id, product: id, units: 10, ...(serials !== undefined && { serials: [range(serials)] }) }, at);
const finding = (id: string, what: Finding['what'], key: string): Finding => ({ key: `${id}/${key}`, lot: id, what, reason: 'does not perform', at });
const quarantine = (id: string, what: Finding['what'], key = 'q', reservationKey?: string) =>
  quarantineUnits(ledger.database, { ...finding(id, what, key), ...(reservationKey !== undefined && { reservationKey }) });
const restore = (id: string, what: Finding['what'], key = 'back') => restoreUnits(ledger.database, finding(id, what, key));
const reserve = (id: string, units: number) =>
  reserveUnits(ledger.database, { customerClass: 'core', key: `${id}/r`, orderId: `order-${id}`, product: id, units, at });
const stands = async (id: string) => {
  const [{ free, reserved, quarantined, shipped } = { free: -1, reserved: -1, quarantined: -1, shipped: -1 }] = await lotStandings(ledger.database, id);
  return { free, reserved, quarantined, shipped };
};

describe('units in quarantine', () => {
  it('are set apart by number, and nobody reserves them until they are restored', async () => {
    await lot('Q1', 'A-01..A-10');
    await quarantine('Q1', range('A-03..A-05'));
    expect(await stands('Q1')).toEqual({ free: 7, reserved: 0, quarantined: 3, shipped: 0 });
    expect(await reserve('Q1', 8)).toEqual({ outcome: 'short', free: 7, place: 1, waiting: 1 });
    await restore('Q1', range('A-04..A-04'));
    // Set aside in the same moment for the order that waits.
    expect(await stands('Q1')).toMatchObject({ free: 0, reserved: 8, quarantined: 2 });
    expect(await reserve('Q1', 8)).toMatchObject({ outcome: 'reserved' });
  });

  it('are set apart once by one finding, and restored once', async () => {
    await lot('Q2', 'A-01..A-10');
    await quarantine('Q2', range('A-01..A-02'));
    await quarantine('Q2', range('A-01..A-02'));
    await restore('Q2', range('A-01..A-02'));
    await restore('Q2', range('A-01..A-02'));
    expect(await stands('Q2')).toMatchObject({ free: 10, quarantined: 0 });
    await quarantine('Q2', range('A-01..A-02'), 'again');
    expect(await stands('Q2')).toMatchObject({ free: 8, quarantined: 2 });
  });

  it('are counted where a lot has no numbers', async () => {
    await lot('Q3');
    await quarantine('Q3', { units: 4 });
    await restore('Q3', { units: 1 });
    expect(await stands('Q3')).toMatchObject({ free: 7, quarantined: 3 });
  });

  it('leave a reservation, which ships without them; all of it where all have failed', async () => {
    await lot('Q4', 'A-01..A-10');
    await reserve('Q4', 6);
    await quarantine('Q4', range('A-01..A-02'), 'q', 'Q4/r');
    expect(await stands('Q4')).toEqual({ free: 4, reserved: 4, quarantined: 2, shipped: 0 });
    await shipUnits(ledger.database, { key: 'Q4/s', orderId: 'order-Q4', reservationKey: 'Q4/r', policyEpoch: 0, at });
    expect(await stands('Q4')).toEqual({ free: 4, reserved: 0, quarantined: 2, shipped: 4 });

    await lot('Q5');
    await reserve('Q5', 6);
    await quarantine('Q5', { units: 6 }, 'q', 'Q5/r');
    expect(await releaseUnits(ledger.database, { orderId: 'order-Q5', reservationKey: 'Q5/r', at })).toEqual({ released: 0 });
    expect(await stands('Q5')).toEqual({ free: 4, reserved: 0, quarantined: 6, shipped: 0 });
    expect(await auditStock(ledger.database)).toBeUndefined();
  });
});

describe('a finding that does not fit is refused, and nothing is written', () => {
  it.each<[string, string, string, (id: string) => Promise<void>]>([
    ['an unknown lot', 'lot-unknown', 'lot nowhere is not in the ledger', () => quarantine('nowhere', { units: 1 })],
    ['no units', 'units-invalid', 'expected a whole number from 1', (id) => quarantine(id, { units: 0 })],
    ['a number that the lot has not', 'serials-unknown', 'its serial numbers are A-01..A-10', (id) => quarantine(id, range('A-10..A-11'), 'other')],
    ['how many, and not which', 'serials-unknown', 'say which of them', (id) => quarantine(id, { units: 2 }, 'other')],
    ['a number that is set apart already', 'serials-quarantined', '1 of A-01..A-02', (id) => quarantine(id, range('A-01..A-02'), 'other')],
    ['a number that is not set apart', 'serials-quarantined', '1 of A-02..A-03', (id) => restore(id, range('A-02..A-03'))],
    ['more than is free', 'units-short', 'units free', (id) => quarantine(id, range('A-03..A-10'), 'other')],
    ['a reservation that is none', 'reservation-unknown', 'is not in the ledger', (id) => quarantine(id, range('A-03..A-03'), 'other', 'never')],
    ['more than a reservation has', 'units-short', 'has not 6 units', (id) => quarantine(id, range('A-03..A-08'), 'other', `${id}/r`)],
    ['the same finding of something else', 'finding-conflict', 'give the new one a key of its own', (id) => quarantine(id, range('A-03..A-03'))],
  ])('%s', async (what, code, why, act) => {
    const id = `not-${what.replaceAll(' ', '-')}`;
    await lot(id, 'A-01..A-10');
    await reserve(id, 5);
    await quarantine(id, range('A-02..A-02'));
    const before = await stands(id);
    await expect(act(id)).rejects.toMatchObject({ name: 'StockRefused', code, message: expect.stringContaining(why) });
    expect(await stands(id)).toEqual(before);
    expect(await auditStock(ledger.database)).toBeUndefined();
  });
});

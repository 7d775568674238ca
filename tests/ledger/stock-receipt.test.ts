import { describe, expect, it } from 'vitest';
import { serialRange } from '../../edge/serial-range.ts';
import { query } from '../../ledger/database.ts';
import { type Lot, receiveLot } from '../../ledger/stock-receipt.ts';
import { lotStandings } from '../../ledger/stock-shown.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);
const ranges = (...written: readonly string[]) => written.map((one) => serialRange.parse(one));
const receive = (id: string, product: string, given: Partial<Lot> = {}) => receiveLot(ledger.database, { id, product, units: 10, ...given }, at);
const raw = (statement: string) => query(ledger.database, statement);

describe('a lot with serial numbers', () => {
  it('is kept with its place, its numbers and its day', async () => {
    const opensAt = Date.UTC(2026, 3, 1);
    expect(await receive('N1', 'numbered', { place: 'hong-kong', serials: ranges('A-001..A-004', 'A-010..A-015'), opensAt })).toEqual({ isNew: true });
    expect(await lotStandings(ledger.database, 'numbered')).toEqual([
      {
        ...{ lot: 'N1', product: 'numbered', received: 10, free: 10, reserved: 0, quarantined: 0, shipped: 0 },
        ...{ opensAt, place: 'hong-kong', window: null, serials: ['A-001..A-004', 'A-010..A-015'] },
      },
    ]);
  });

  it('comes in once, in whatever order its ranges are told', async () => {
    await receive('O1', 'once', { serials: ranges('A-001..A-004', 'A-010..A-015') });
    expect(await receive('O1', 'once', { serials: ranges('A-010..A-015', 'A-001..A-004') })).toEqual({ isNew: false });
  });

  it.each<[string, Partial<Lot>, string]>([
    ['units', { units: 11 }, 'units: 10, not 11'],
    ['day', { opensAt: at }, 'opens: at once, not 2026-02-04T00:00:00.000Z'],
    ['place', { place: 'taipei' }, 'place: none, not taipei'],
    ['window', { window: 'W' }, 'window: none, not W'],
    ['numbers', { serials: ranges('B-01..B-10') }, 'serial numbers: none, not B-01..B-10'],
  ])('of the same name with another %s is refused', async (_what, given, why) => {
    await receive('C1', 'conflict');
    await expect(receive('C1', 'conflict', given)).rejects.toMatchObject({ code: 'lot-conflict', message: expect.stringContaining(why) });
  });

  it('has as many numbers as units', async () => {
    await expect(receive('F1', 'few', { serials: ranges('A-1..A-9') })).rejects.toMatchObject({
      code: 'serials-invalid',
      message: 'lot F1: 9 serial numbers for 10 units; expected as many of both',
    });
    expect(await lotStandings(ledger.database, 'few')).toEqual([]);
  });

  it.each([
    ['the same', 'A-020..A-029'],
    ['its first', 'A-011..A-020'],
    ['its last', 'A-029..A-038'],
    ['some within', 'A-015..A-034', 20],
  ])('is refused where it overlaps %s of another lot, and nothing is written', async (_what, text, units = 10) => {
    await receive('V1', 'overlap', { serials: ranges('A-020..A-029') });
    await expect(receive('V2', 'overlap', { units, serials: ranges(text) })).rejects.toMatchObject({
      code: 'serials-overlap',
      message: expect.stringContaining(`lot V2: serial numbers ${text} overlap A-020..A-029 of lot V1`),
    });
    expect((await lotStandings(ledger.database, 'overlap')).map(({ lot }) => lot)).toEqual(['V1']);
  });

  it('is refused where its own ranges overlap', async () => {
    await expect(receive('W1', 'own', { serials: ranges('A-1..A-6', 'A-6..A-9') })).rejects.toMatchObject({ code: 'serials-overlap' });
  });

  it('may have numbers that another product has, lie between, or have another length or prefix', async () => {
    await receive('X1', 'apart', { serials: ranges('A-020..A-029') });
    await receive('X2', 'apart', { serials: ranges('A-030..A-039') });
    await receive('X3', 'apart', { serials: ranges('A-0020..A-0029') });
    await receive('X4', 'apart', { serials: ranges('B-020..B-029') });
    await receive('X5', 'apart-too', { serials: ranges('A-020..A-029') });
    expect(await lotStandings(ledger.database, 'apart')).toHaveLength(4);
  });
});

describe('the tables refuse by themselves', () => {
  it('serial numbers that overlap, have two prefixes, or are not as many as they say', async () => {
    await receive('R1', 'raw', { units: 6, serials: ranges('A-01..A-06') });
    const insert = (first: string, last: string, units: number, product = 'raw') =>
      raw(`insert into lot_serials (lot, product, first, last, units) values ('R1', '${product}', '${first}', '${last}', ${units})`);
    await expect(insert('A-06', 'A-09', 4)).rejects.toThrow('serials_do_not_overlap');
    await expect(insert('A-07', 'B-09', 3)).rejects.toThrow('serials_have_one_prefix');
    await expect(insert('A-7', 'A-09', 3)).rejects.toThrow('serials_have_one_prefix');
    await expect(insert('A-07', 'A-09', 4)).rejects.toThrow('serials_count_their_units');
    await expect(insert('A-07', 'A-09', 3, 'other')).rejects.toThrow('lot_serials_lot_product_fkey');
  });

  it('columns that do not add up or are below nothing', async () => {
    await receive('R2', 'raw');
    const change = (set: string) => raw(`update lots set ${set} where id = 'R2'`);
    await expect(change('free = 9')).rejects.toThrow('stock_is_conserved');
    await expect(change('quarantined = 1')).rejects.toThrow('stock_is_conserved');
    await expect(change('free = 11, quarantined = -1')).rejects.toThrow('lots_quarantined_check');
  });

  it.each([[`update stock_journal set units = 9`], [`delete from stock_journal`], ['truncate stock_journal'], ['truncate stock_window_changes']])(
    '%s',
    async (statement) => {
      await receive('R3', 'raw');
      await expect(raw(statement)).rejects.toThrow('is followed by another entry, never rewritten');
    },
  );

  it('an entry that does not say whose units moved, and a lot that came in twice', async () => {
    await receive('R4', 'raw');
    const enter = (kind: string, reservation = 'null') =>
      raw(`insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at) values ('R4', '${kind}', 1, 'k', ${reservation}, null, now())`);
    await expect(enter('reserved')).rejects.toThrow('movement_names_its_reservation');
    await expect(enter('lent')).rejects.toThrow('stock_journal_kind_check');
    await expect(enter('received')).rejects.toThrow('lot_is_received_once');
    await expect(enter('quarantined', `'k'`)).rejects.toThrow('movement_names_its_reservation');
  });

  it('an entry of a reservation that was never made, and that a reservation is removed or renamed', async () => {
    await receive('R5', 'raw');
    const entry = `insert into stock_journal (lot, kind, units, key, reservation_key, order_id, at) values ('R5', 'reserved', 1, 'never', 'never', 'A-1', now())`;
    await expect(raw(entry)).rejects.toThrow('reservation never was never made');
    await raw(`insert into reservations (key, order_id, state, made_at, changed_at) values ('made', 'A-1', 'released', now(), now())`);
    await expect(raw(`delete from reservations where key = 'made'`)).rejects.toThrow('delete of reservations is refused');
    await expect(raw(`update reservations set key = 'other' where key = 'made'`)).rejects.toThrow('update of reservations is refused');
  });
});

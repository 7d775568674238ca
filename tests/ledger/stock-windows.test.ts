import { describe, expect, it } from 'vitest';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { lotStandings, windowStandings } from '../../ledger/stock-shown.ts';
import { closeWindow, moveWindow, openWindow, type StockWindow } from '../../ledger/stock-windows.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const day = 86_400_000;
const at = Date.UTC(2026, 1, 4, 15);
const april = Date.UTC(2026, 3, 1);

/** A window and a product of one name, so that no test sees those of another. */
const open = (id: string, given: Partial<StockWindow> = {}, now = at) =>
  openWindow(ledger.database, { id, product: id, units: 100, opensAt: april, certainty: 'confirmed', ...given }, now);
const move = (id: string, opensAt: number) => moveWindow(ledger.database, { id, opensAt, reason: 'late', at });
const close = (id: string) => closeWindow(ledger.database, { id, reason: 'nothing comes', at });
const receive = (id: string, units: number, given: { lot?: string; opensAt?: number; product?: string } = {}) => {
  const { lot = `${id}-lot`, product = id, ...more } = given;
  return receiveLot(ledger.database, { id: lot, product, units, window: id, ...more }, at);
};
const stands = async (id: string) => (await windowStandings(ledger.database, id))[0];

describe('a window', () => {
  it('is expected first, and confirmed later; the same again changes nothing', async () => {
    await open('W1', { certainty: 'expected' });
    await open('W1', { certainty: 'expected' });
    await open('W1');
    await open('W1');
    expect(await stands('W1')).toMatchObject({ units: 100, received: 0, certainty: 'confirmed', isClosed: false });
    expect((await stands('W1'))?.history.map(({ kind }) => kind)).toEqual(['opened', 'confirmed']);
  });

  it('has no units: nothing of it can be reserved before a lot came in', async () => {
    await open('W2');
    const wanted = { key: 'W2/r', orderId: 'o', product: 'W2', units: 1, customerClass: 'core', at: april } as const;
    expect(await reserveUnits(ledger.database, wanted)).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
    await receive('W2', 40);
    expect(await reserveUnits(ledger.database, { ...wanted, at: april - 1 })).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
    expect(await reserveUnits(ledger.database, wanted)).toMatchObject({ outcome: 'reserved' });
  });

  it('is received in several lots, which open on its day or on their own', async () => {
    await open('W3');
    await receive('W3', 60);
    await receive('W3', 40, { lot: 'W3-own', opensAt: april + day });
    expect((await lotStandings(ledger.database, 'W3')).map(({ lot, opensAt, window }) => ({ lot, opensAt, window }))).toEqual([
      { lot: 'W3-lot', opensAt: april, window: 'W3' },
      { lot: 'W3-own', opensAt: april + day, window: 'W3' },
    ]);
    expect(await stands('W3')).toMatchObject({ received: 100 });
  });

  it('moves with its reason and keeps the days that it had; what came in before keeps its own', async () => {
    await open('W4');
    await receive('W4', 10);
    await move('W4', april + 30 * day);
    await move('W4', april + 30 * day);
    expect(await receive('W4', 10)).toEqual({ isNew: false });
    await receive('W4', 10, { lot: 'W4-later' });
    expect((await stands('W4'))?.history).toEqual([
      { kind: 'opened', at, opensAt: april, reason: null },
      { kind: 'moved', at, opensAt: april + 30 * day, reason: 'late' },
    ]);
    expect((await lotStandings(ledger.database, 'W4')).map(({ opensAt }) => opensAt)).toEqual([april, april + 30 * day]);
  });

  it('is closed once; what came in stays', async () => {
    await open('W5');
    await receive('W5', 10);
    await close('W5');
    await close('W5');
    expect(await stands('W5')).toMatchObject({ isClosed: true, received: 10 });
    expect((await stands('W5'))?.history.map(({ kind }) => kind)).toEqual(['opened', 'closed']);
  });

  it('may open today, and is received once though two try at the same time', async () => {
    await open('W6', { opensAt: Date.UTC(2026, 1, 4) });
    const [one, other] = await Promise.allSettled([receive('W6', 60), receive('W6', 60, { lot: 'W6-other' })]);
    expect([one.status, other.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await stands('W6')).toMatchObject({ received: 60 });
    expect(await lotStandings(ledger.database, 'W6')).toHaveLength(1);
  });
});

describe('what a window does not take is refused, and nothing is written', () => {
  it.each<[string, string, (id: string) => Promise<unknown>]>([
    ['a day that is over', 'window-past', (id) => open(id, { opensAt: Date.UTC(2026, 1, 3, 23, 59) })],
    ['no units', 'units-invalid', (id) => open(id, { units: 0 })],
    ['half a unit', 'units-invalid', (id) => open(id, { units: 1.5 })],
    ['a move of none', 'window-unknown', (id) => move(id, april)],
    ['the end of none', 'window-unknown', close],
    ['a lot from none', 'window-unknown', (id) => receive(id, 1)],
  ])('%s', async (_what, code, act) => {
    const id = `none-${code}`;
    await expect(act(id)).rejects.toMatchObject({ name: 'StockRefused', code });
    expect(await stands(id)).toBeUndefined();
    expect(await lotStandings(ledger.database, id)).toEqual([]);
  });

  it.each<[string, string, (id: string) => Promise<unknown>]>([
    ['other units', 'window-conflict', (id) => open(id, { units: 99 })],
    ['another day', 'window-conflict', (id) => open(id, { opensAt: april + day })],
    ['a doubt about what was confirmed', 'window-conflict', (id) => open(id, { certainty: 'expected' })],
    ['a move into the past', 'window-past', (id) => move(id, at - day)],
    ['another product', 'window-conflict', (id) => receive(id, 1, { product: 'another' })],
    ['more than it has to come', 'window-full', (id) => receive(id, 101)],
  ])('%s', async (what, code, act) => {
    const id = `some-${what.replaceAll(' ', '-')}`;
    await open(id);
    const before = await stands(id);
    await expect(act(id)).rejects.toMatchObject({ name: 'StockRefused', code });
    expect(await stands(id)).toEqual(before);
    expect(await lotStandings(ledger.database, id)).toEqual([]);
  });

  it('a lot from one that is only expected, and anything from one that is closed', async () => {
    await open('W9', { certainty: 'expected' });
    await expect(receive('W9', 1)).rejects.toMatchObject({ code: 'window-expected', message: expect.stringContaining('--confirmed') });
    await close('W9');
    for (const act of [() => receive('W9', 1), () => move('W9', april), () => open('W9')]) await expect(act()).rejects.toMatchObject({ code: 'window-closed' });
  });
});

import { describe, expect, it } from 'vitest';
import { keepTold, untoldChanges } from '../../ledger/board-tidings.ts';
import { inTransaction } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { changesAgainstShipping, PolicyChangeRefused, recordChange } from '../../ledger/policy-board.ts';
import { beginRun, customersToLookAt, finishRun, type Look, ordersMatched, recordLook } from '../../ledger/screening.ts';
import { standingHolds } from '../../ledger/screening-holds.ts';
import { lastRun, lookedAt } from '../../ledger/screening-runs.ts';
import { sealRecord } from '../../ledger/sealed-records.ts';
import { changeSimulatedList, simulatedListing } from '../../ledger/simulated-list.ts';
import { isPolicyChange } from '../../domain/policy-change.ts';
import { terms } from '../support/orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 2, 5, 8);
let runs = 0;

const claim = (customer: string, ...ids: readonly string[]) =>
  claimOrders(
    ledger.database,
    ids.map((id) => ({ terms: terms({ id, customer, units: 10 }), policy: '2025-12-announcement' })),
    at,
  );
const close = (order: string) => sealRecord(ledger.database, { order, count: 1, hash: 'a'.repeat(64), record: '{}' }, at);
async function begun(): Promise<string> {
  const run = `run-${(runs += 1)}`;
  await beginRun(ledger.database, run, at + runs);
  return run;
}
/** Looks at a customer as a run does, where every order is to be held for every match. */
async function look(customer: string, matches: readonly string[], changes: Partial<Look> = {}): Promise<boolean> {
  const run = changes.run ?? (await begun());
  const toHold = await ordersMatched(ledger.database, customer, matches);
  return await recordLook(ledger.database, { run, customer, listVersion: 'list-1', matches, toHold, at, ...changes });
}
const against = (order: string) => inTransaction(ledger.database, (session) => changesAgainstShipping(session, order, Number.MAX_SAFE_INTEGER));
const standing = async (customer: string) => (await standingHolds(ledger.database)).filter((one) => one.customer === customer);

describe('the customers that a run looks at', () => {
  it('are those of open orders, each once, in the order of the alphabet and no more at a time than asked for', async () => {
    await claim('page-b', 'P-1', 'P-2');
    await claim('page-a', 'P-3');
    await claim('page-c', 'P-4');
    await close('P-4');
    const run = await begun();
    expect((await customersToLookAt(ledger.database, run, 100)).filter((one) => one.startsWith('page-'))).toEqual(['page-a', 'page-b']);
    expect(await customersToLookAt(ledger.database, run, 1)).toHaveLength(1);
  });

  it('are looked at once a run, and again in the next', async () => {
    await claim('twice', 'T-1');
    const run = await begun();
    await look('twice', [], { run });
    expect(await customersToLookAt(ledger.database, run, 100)).not.toContain('twice');
    expect(await customersToLookAt(ledger.database, await begun(), 100)).toContain('twice');
  });
});

describe('a match', () => {
  it('puts each open order of the customer on hold, none that is closed, and none of anybody else', async () => {
    await claim('match', 'M-1', 'M-2', 'M-3');
    await claim('match-too', 'M-4');
    await close('M-3');
    const run = await begun();
    expect(await look('match', ['Acme'], { run })).toBe(true);
    expect(await against('M-1')).toEqual([
      { id: `screening-${run}-match`, effect: 'hold', epoch: expect.any(Number), reason: 'match matches Acme on list list-1' },
    ]);
    expect((await standing('match')).map(({ order }) => order)).toEqual(['M-1', 'M-2']);
    for (const order of ['M-3', 'M-4']) expect(await against(order)).toEqual([]);
  });

  it('holds an order once, however often it is found: in the same run, in later ones, and in two at a time', async () => {
    await claim('again', 'A-1');
    const run = await begun();
    expect(await look('again', ['Acme'], { run })).toBe(true);
    const held = await against('A-1');
    // A worker that died and one that took over: both had seen the order without a hold.
    expect(await look('again', ['Acme'], { run, toHold: [{ order: 'A-1', matches: ['Acme'] }] })).toBe(false);
    const both = [await begun(), await begun()].map((one) => look('again', ['Acme'], { run: one, toHold: [{ order: 'A-1', matches: ['Acme'] }] }));
    expect(await Promise.all(both)).toEqual([false, false]);
    expect(await against('A-1')).toEqual(held);
  });

  it('that was cleared holds nothing again, also of a later list; another match does, for itself alone', async () => {
    await claim('cleared', 'C-1');
    await look('cleared', ['Acme']);
    const [first] = await standing('cleared');
    await recordChange(ledger.database, { orderId: 'C-1', id: first?.hold ?? '', effect: 'lift', reason: 'another Acme' });
    expect(await look('cleared', ['Acme'], { listVersion: 'list-2' })).toBe(false);
    expect(await against('C-1')).toEqual([]);
    expect(await look('cleared', ['Acme', 'Bolt'], { listVersion: 'list-3' })).toBe(true);
    expect(await standing('cleared')).toMatchObject([{ order: 'C-1', matches: ['Bolt'], listVersion: 'list-3', told: null }]);
  });

  it('holds also an order that came after another of the customer was cleared', async () => {
    await claim('later', 'L-1');
    await look('later', ['Acme']);
    await claim('later', 'L-2');
    expect(await look('later', ['Acme'])).toBe(true);
    expect((await standing('later')).map(({ order }) => order)).toEqual(['L-1', 'L-2']);
  });

  it('of many names is told in a reason that an order takes', async () => {
    await claim('strange', 'S-1');
    await look(
      'strange',
      Array.from({ length: 100 }, (_, index) => `${index}${'\u{1f600}'.repeat(40)}`),
    );
    const [change] = await against('S-1');
    expect(isPolicyChange(change)).toBe(true);
    expect(change?.reason).toMatch(/^strange matches 0.*\.\.\.$/u);
  });
});

describe('a hold by screening', () => {
  it('is told of until somebody has tried, also where the worker that made it is dead', async () => {
    await claim('told', 'H-1', 'H-2');
    await look('told', ['Acme']);
    const mine = async () => (await untoldChanges(ledger.database)).filter(({ order }) => order.startsWith('H-'));
    const [first, second] = await mine();
    expect([first, second]).toEqual(['H-1', 'H-2'].map((order) => ({ order, change: expect.objectContaining({ effect: 'hold' }) })));
    if (first) await keepTold(ledger.database, first, 'to-sign');
    if (second) await keepTold(ledger.database, second, 'closed');
    expect(await mine()).toEqual([]);
    expect(await standing('told')).toMatchObject([{ order: 'H-1', told: 'to-sign', since: at }]);
  });

  it('is over when its order is closed or somebody lifts it, and stays lifted', async () => {
    await claim('over', 'O-1', 'O-2');
    await look('over', ['Acme']);
    await close('O-1');
    const [left] = await standing('over');
    expect(left).toMatchObject({ order: 'O-2' });
    const hold = { orderId: 'O-2', id: left?.hold ?? '', reason: 'another Acme' };
    await recordChange(ledger.database, { ...hold, effect: 'lift' });
    expect(await standing('over')).toEqual([]);
    await expect(recordChange(ledger.database, { ...hold, effect: 'hold' })).rejects.toThrow(PolicyChangeRefused);
  });
});

describe('a run', () => {
  it('is remembered with whom it looked at, and with when it began and ended first', async () => {
    const run = await begun();
    const begin = at + runs;
    expect(await lastRun(ledger.database)).toEqual({ run, begun: begin, finished: null });
    await claim('remembered', 'R-1');
    await look('remembered', [], { run, listVersion: 'list-9' });
    for (const later of [1, 2]) {
      await beginRun(ledger.database, run, at + 1_000 * later);
      await finishRun(ledger.database, run, at + 2_000 * later);
    }
    expect(await lastRun(ledger.database)).toEqual({ run, begun: begin, finished: at + 2_000 });
    expect(await lookedAt(ledger.database, run)).toEqual([{ customer: 'remembered', listVersion: 'list-9', matches: [] }]);
  });
});

describe('the simulated list', () => {
  it('has a new version with each change, and the newest word on a customer counts', async () => {
    expect(await simulatedListing(ledger.database, 'one')).toEqual({ changes: 0, isListed: undefined });
    await changeSimulatedList(ledger.database, 'one', true, at);
    await changeSimulatedList(ledger.database, 'other', true, at);
    expect(await simulatedListing(ledger.database, 'one')).toEqual({ changes: 2, isListed: true });
    await changeSimulatedList(ledger.database, 'one', false, at);
    expect(await simulatedListing(ledger.database, 'one')).toEqual({ changes: 3, isListed: false });
    expect(await simulatedListing(ledger.database, 'nobody')).toEqual({ changes: 3, isListed: undefined });
  });
});

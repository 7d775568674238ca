import { describe, expect, it } from 'vitest';
import { releaseUnits } from '../../ledger/stock.ts';
import { shipUnits } from '../../ledger/stock-shipments.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { recordChange } from '../../ledger/policy-board.ts';
import { holdingsOf, withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2025, 11, 22);
const day = 86_400_000;

/** Lots of a product of its own, so that no test sees the stock of another. */
async function stocked(product: string, ...lots: readonly { id: string; units: number; opensAt?: number }[]): Promise<void> {
  for (const lot of lots) await receiveLot(ledger.database, { product, ...lot, id: `${product}-${lot.id}` }, at);
}
const reserve = (product: string, key: string, units: number, now = at) =>
  reserveUnits(ledger.database, { customerClass: 'core', key: `${product}/${key}`, orderId: `${product}-order`, product, units, at: now });
const ship = (product: string, key: string, reservation: string, policyEpoch = 0) =>
  shipUnits(ledger.database, { key: `${product}/${key}`, orderId: `${product}-order`, reservationKey: `${product}/${reservation}`, policyEpoch, at });
const release = (product: string, reservation: string) =>
  releaseUnits(ledger.database, { orderId: `${product}-order`, reservationKey: `${product}/${reservation}`, at });
const holdings = (product: string) => holdingsOf(ledger.database, product);

describe('reserving', () => {
  it('takes the units once, however often it is asked under one key', async () => {
    await stocked('once', { id: 'L1', units: 100 });
    const answers = [await reserve('once', 'r', 60), await reserve('once', 'r', 60), await reserve('once', 'r', 60)];
    expect(answers).toEqual(answers.map(() => ({ outcome: 'reserved', lots: [{ lot: 'once-L1', units: 60 }] })));
    expect(await holdings('once')).toEqual({ received: 100, free: 40, reserved: 60, quarantined: 0, shipped: 0 });
  });

  it('takes once also where the same key comes several times at the same moment', async () => {
    await stocked('race', { id: 'L1', units: 100 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => reserve('race', 'r', 100)));
    expect(answers).toEqual(answers.map(() => ({ outcome: 'reserved', lots: [{ lot: 'race-L1', units: 100 }] })));
    expect(await holdings('race')).toMatchObject({ free: 0, reserved: 100 });
  });

  it('takes all units or none, and tells how many are free', async () => {
    await stocked('none', { id: 'L1', units: 50 }, { id: 'L2', units: 49 });
    expect(await reserve('none', 'r', 100)).toEqual({ outcome: 'short', free: 99, place: 1, waiting: 1 });
    expect(await holdings('none')).toMatchObject({ free: 99, reserved: 0 });
    expect(await reserve('nothing-of-it', 'r', 1)).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
  });

  it('of exactly what is free leaves nothing', async () => {
    await stocked('all', { id: 'L1', units: 50 }, { id: 'L2', units: 50 });
    expect(await reserve('all', 'r', 100)).toMatchObject({ outcome: 'reserved' });
    expect(await reserve('all', 'next', 1)).toEqual({ outcome: 'short', free: 0, place: 1, waiting: 1 });
  });

  it('that was short is asked anew under a new key once there is more', async () => {
    await stocked('more', { id: 'L1', units: 5 });
    expect(await reserve('more', 'r/0', 10)).toEqual({ outcome: 'short', free: 5, place: 1, waiting: 1 });
    await stocked('more', { id: 'L2', units: 5 });
    expect(await reserve('more', 'r/1', 10)).toMatchObject({ outcome: 'reserved' });
  });

  it('leaves a lot alone until the moment it opens, and takes what is on hand first', async () => {
    await stocked('later', { id: 'L2', units: 20, opensAt: at + day }, { id: 'L1', units: 10 });
    expect(await reserve('later', 'early', 11, at + day - 1)).toEqual({ outcome: 'short', free: 10, place: 1, waiting: 1 });
    expect(await reserve('later', 'r', 11, at + day)).toEqual({
      outcome: 'reserved',
      lots: [
        { lot: 'later-L1', units: 10 },
        { lot: 'later-L2', units: 1 },
      ],
    });
  });

  // Defect in ledger/stock.ts lotsOf: the first answer tells lots by age, the repeated one by name.
  it('gives the same answer again also where the older lot has the later name', async () => {
    await stocked('names', { id: 'Z', units: 10 }, { id: 'A', units: 10, opensAt: at });
    const first = await reserve('names', 'r', 15);
    expect(await reserve('names', 'r', 15)).toEqual(first);
  });
});

describe('shipping', () => {
  it('takes reserved units off stock for good, once by key', async () => {
    await stocked('ship', { id: 'L1', units: 10 });
    await reserve('ship', 'r', 10);
    expect([await ship('ship', 's', 'r'), await ship('ship', 's', 'r')]).toEqual([{ outcome: 'shipped' }, { outcome: 'shipped' }]);
    expect(await holdings('ship')).toEqual({ received: 10, free: 0, reserved: 0, quarantined: 0, shipped: 10 });
  });

  it('is refused where policy has changed since, and answers every change of this order, oldest first', async () => {
    await stocked('stale', { id: 'L1', units: 10 });
    await reserve('stale', 'r', 10);
    const hold = await recordChange(ledger.database, { orderId: 'stale-order', id: 'P-7', effect: 'hold', reason: 'review' });
    await recordChange(ledger.database, { orderId: 'another-order', id: 'P-7', effect: 'hold', reason: 'review' });
    const lift = await recordChange(ledger.database, { orderId: 'stale-order', id: 'P-7', effect: 'lift', reason: 'reviewed' });

    expect(await ship('stale', 's/0', 'r', hold.epoch - 1)).toEqual({ outcome: 'stale-epoch', changes: [hold, lift] });
    expect(await ship('stale', 's/0', 'r', hold.epoch)).toEqual({ outcome: 'stale-epoch', changes: [hold, lift] });
    expect(await holdings('stale')).toMatchObject({ reserved: 10, shipped: 0 });

    expect(await ship('stale', 's/1', 'r', lift.epoch)).toEqual({ outcome: 'shipped' });
  });

  it('that was made is answered as made, though policy has changed since', async () => {
    await stocked('made', { id: 'L1', units: 10 });
    await reserve('made', 'r', 10);
    await ship('made', 's', 'r');
    await recordChange(ledger.database, { orderId: 'made-order', id: 'P-7', effect: 'hold', reason: 'review' });
    expect(await ship('made', 's', 'r')).toEqual({ outcome: 'shipped' });
  });

  it('of a reservation that is none, was given back, or has shipped under another key is an error and moves nothing', async () => {
    await stocked('odd', { id: 'L1', units: 10 });
    await expect(ship('odd', 's', 'never')).rejects.toThrow('odd/never is not reserved');
    await reserve('odd', 'back', 4);
    await release('odd', 'back');
    await expect(ship('odd', 's', 'back')).rejects.toThrow('odd/back is not reserved');
    await reserve('odd', 'gone', 6);
    await ship('odd', 's', 'gone');
    await expect(ship('odd', 'another', 'gone')).rejects.toThrow('odd/gone is not reserved');
    expect(await holdings('odd')).toEqual({ received: 10, free: 4, reserved: 0, quarantined: 0, shipped: 6 });
  });
});

describe('giving back', () => {
  it('frees the units of every lot once; a second time there are none', async () => {
    await stocked('back', { id: 'L1', units: 5 }, { id: 'L2', units: 5 });
    await reserve('back', 'r', 8);
    expect([await release('back', 'r'), await release('back', 'r')]).toEqual([{ released: 8 }, { released: 0 }]);
    expect(await holdings('back')).toMatchObject({ free: 10, reserved: 0 });
  });

  it('of a reservation that was never made gives nothing', async () => {
    expect(await release('back', 'never')).toEqual({ released: 0 });
  });

  it('brings the units of a shipment back too, for goods that never left', async () => {
    await stocked('return', { id: 'L1', units: 10 });
    await reserve('return', 'r', 10);
    await ship('return', 's', 'r');
    expect(await release('return', 'r')).toEqual({ released: 10 });
    expect(await holdings('return')).toEqual({ received: 10, free: 10, reserved: 0, quarantined: 0, shipped: 0 });
  });
});

describe('receiving a lot', () => {
  it('again changes nothing, also when some of it is gone', async () => {
    await stocked('lot', { id: 'L1', units: 10 });
    await reserve('lot', 'r', 4);
    await stocked('lot', { id: 'L1', units: 10 });
    expect(await holdings('lot')).toEqual({ received: 10, free: 6, reserved: 4, quarantined: 0, shipped: 0 });
  });

  it('of the same name with another product or other units is an error', async () => {
    await stocked('other', { id: 'L1', units: 10 });
    await expect(stocked('other', { id: 'L1', units: 11 })).rejects.toThrow('other-L1 is known with 10 other');
    await expect(receiveLot(ledger.database, { id: 'other-L1', product: 'H20', units: 10 }, at)).rejects.toThrow('not 10 H20');
    expect(await holdings('other')).toMatchObject({ received: 10, free: 10 });
  });

  // Defect in ledger/stock.ts receiveLot: the day a lot opens is not compared, so another day is dropped without a word.
  it('of the same name that opens at another time is an error', async () => {
    await stocked('day', { id: 'L1', units: 10, opensAt: at });
    await expect(stocked('day', { id: 'L1', units: 10, opensAt: at + day })).rejects.toThrow('day-L1');
  });

  it.each([0, -1, 0.5, 2 ** 31])('of %s units is an error', async (units) => {
    await expect(stocked('bad', { id: 'L', units })).rejects.toThrow(`lot bad-L: ${units} units; expected a whole number from 1 to 2147483647`);
  });
});

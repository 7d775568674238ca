import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantFault } from '../../ledger/simulation.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const sideBySide = { reviews: 'side-by-side' } as const;
const cancel = async (order: string) => {
  await desk.act(order, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
  return await desk.quiet(order);
};

/** Each stage, how an order comes there, and what has to be taken back from there. */
const stages: readonly { readonly stage: string; readonly come: () => Promise<string>; readonly takenBack: readonly string[] }[] = [
  { stage: 'intake, on a screening hit', come: () => desk.submit({ customer: 'listed-1' }), takenBack: [] },
  { stage: 'allocation, short of stock', come: () => desk.submit({ product: 'MI308', units: 9_000_000 }, {}, { isShort: true }), takenBack: ['release-stock'] },
  { stage: 'us-review, not filed', come: () => desk.submit({ fileApplication: 'by-act' }), takenBack: [] },
  { stage: 'us-review, filed', come: () => desk.submit(), takenBack: ['withdraw-application'] },
  { stage: 'us-review, referred', come: () => desk.referred(), takenBack: ['withdraw-application'] },
  {
    stage: 'china-review',
    come: async () => {
      const order = await desk.referred();
      await desk.licensed(order);
      return order;
    },
    takenBack: [],
  },
  {
    stage: 'fulfillment, under test',
    come: async () => {
      const order = await desk.referred(sideBySide);
      await desk.bothKeys(order);
      return order;
    },
    takenBack: ['cancel-inspection'],
  },
];

describe('an order that is cancelled', () => {
  it.each(stages)('in $stage is closed with $takenBack', async ({ come, takenBack }) => {
    const order = await come();
    expect(await cancel(order)).toMatchObject({ stage: 'closed', outcome: 'cancelled', waitingOn: [] });
    const effects = await desk.effects(order);
    for (const step of ['withdraw-application', 'cancel-inspection', 'cancel-booking']) expect(effects[step] ?? 0).toBe(takenBack.includes(step) ? 1 : 0);
    expect(await desk.reservedFor(order)).toBe(0);
  });

  it('while the carrier is booked lets the booking settle, then cancels it', async () => {
    const order = await desk.referred();
    await desk.bothKeys(order);
    await plantFault(desk.database, { step: 'book-shipment', orderId: order, fault: 'answer-lost', times: 1 });
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await cancel(order)).toMatchObject({ stage: 'closed', outcome: 'cancelled' });
    expect(await desk.effects(order)).toMatchObject({ 'book-shipment': 1, 'cancel-booking': 1 });
    expect(await desk.effects(order)).not.toHaveProperty('ship');
    await desk.keep(order, 'cancelled-while-a-step-runs');
  });

  it('after the goods left is refused by the name of the step, and nothing is written', async () => {
    const order = await desk.referred();
    await desk.bothKeys(order);
    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    await desk.quiet(order);
    expect(await desk.refusal(order, 'seller.desk', 'cancel', { reason: 'too late' })).toBe('irreversible');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimOrders } from '../../ledger/orders.ts';
import { changeSimulatedList } from '../../ledger/simulated-list.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

const ledger = withLedger();
let company: SignedCompany;
let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company, databaseUrl: ledger.url });
  cli = Cli.beside(desk.engine.taskQueue, { database: ledger.url });
});
afterAll(async () => {
  await desk.close();
  company.close();
});

/** A signed order that waits for its test after both keys have turned, and that the ledger knows as one that was submitted by hand. */
async function underTest(customer: string): Promise<string> {
  const order = await desk.submit({ customer });
  const { terms, policy } = (await desk.record(order)).order;
  await claimOrders(desk.database, [{ terms, policy: policy.id }], Date.now());
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.bothKeys(order, `D-${order}`);
  return order;
}

describe('a match of the customer of a signed order, under the rules of the first edition, which know no screening before shipment', () => {
  it('stops the order at the board, and the screening names the act by which its clocks follow', async () => {
    const customer = newId('cloud');
    const order = await underTest(customer);
    await changeSimulatedList(desk.database, customer, true, Date.now());
    const { run, customers } = (await cli.json('screening', 'run')) as { run: string; customers: unknown };
    const hold = `screening-${run}-${customer}`;
    const act = `npx twokey act ${order} hold --as policy.admin --hold ${hold} --reason ... --confirm-by ...`;
    expect(customers).toMatchObject([
      { customer, outcome: 'held', orders: [{ order, hold, says: `by the board, may not ship; its clocks follow a signed hold: ${act}` }] },
    ]);
    expect(await desk.quiet(order)).toMatchObject({ held: false });

    await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
    expect(await desk.quiet(order)).toMatchObject({ stage: 'fulfillment', held: true });
    expect(await desk.shippedFor(order)).toBe(0);
    expect((await desk.record(order)).events.map(({ type }) => type)).toContain('shipment-refused');
  }, 120_000);
});

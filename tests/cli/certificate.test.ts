import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLedger } from '../ledger/with-ledger.ts';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { type Beside, reason, submitted } from './customer-orders.ts';

const ledger = withLedger();
let desk: Desk;
let cli: Cli;
let here: Beside;
beforeAll(async () => {
  desk = await Desk.open({ worker: true, databaseUrl: ledger.url });
  cli = Cli.beside(desk.engine.taskQueue, { database: ledger.url });
  here = { cli, desk };
});
afterAll(() => desk.close());

async function licensed(): Promise<string> {
  const customer = newId('cloud');
  await cli.text('customer', 'approve', customer, ...reason);
  const order = await submitted(here, customer);
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.quiet(order);
  await desk.bothKeys(order, `D-${order}`);
  return order;
}

describe('twokey certificate', () => {
  it('tells on what a wave left, what was left of license and approval, and who brought each about', async () => {
    const order = await licensed();
    expect(await expectFailure(cli, 3, 'not-yet', 'certificate', order)).toContain('no goods have left');
    await desk.delivered(order);
    const text = await expectUntouched(desk.client, order, () => cli.text('certificate', order));
    expect(text).toMatch(new RegExp(`^${order} wave 1: 500 units left on .*, waybill WAYBILL-`));
    expect(text).toContain(`  release certificate ${order}/ship/0, policy epoch 0`);
    expect(text).toContain(`  license D-${order}: 500 units before, 0 after`);
    expect(text).toContain('  approval CN-A-1: 500 units before, 0 after');
    expect(text).toMatch(/^export filing +X20251222123456 .* carrier /m);
    expect(text).toMatch(new RegExp(`^destination-control-statement +INV-${order} .* seller.desk `, 'm'));
    expect(await cli.json('certificate', order, '--wave', '1')).toMatchObject({
      order,
      releases: [
        {
          wave: 1,
          units: 500,
          certificate: { number: `${order}/ship/0`, testReport: 'LAB-1' },
          grounds: [{ what: 'license', by: 'us.commerce' }, {}, {}, {}, {}, {}],
        },
      ],
    });
    expect(await expectFailure(cli, 3, 'not-yet', 'certificate', order, '--wave', '2')).toContain('wave 2 has not left');
    expect(await expectFailure(cli, 2, 'usage', 'certificate', order, '--wave', '0')).toContain('expected a number from 1');
  }, 120_000);
});

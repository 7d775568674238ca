import { describe, expect, it } from 'vitest';
import { withLedger } from '../ledger/with-ledger.ts';
import { expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { reason, submitted } from './customer-orders.ts';
import { withDeskOn } from './with-desk-on.ts';

const ledger = withLedger();
const here = withDeskOn(ledger);

async function licensed(): Promise<string> {
  const customer = newId('cloud');
  await here.cli.text('customer', 'approve', customer, ...reason);
  const order = await submitted(here, customer);
  await here.desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z100001' });
  await here.desk.act(order, 'us.commerce', 'refer');
  await here.desk.quiet(order);
  await here.desk.bothKeys(order, `D-${order}`);
  return order;
}

describe('twokey certificate', () => {
  it('tells on what a wave left, what was left of license and approval, and who brought each about', async () => {
    const order = await licensed();
    expect(await expectFailure(here.cli, 3, 'not-yet', 'certificate', order)).toContain('no goods have left');
    await here.desk.delivered(order);
    const text = await expectUntouched(here.desk.client, order, () => here.cli.text('certificate', order));
    expect(text).toMatch(new RegExp(`^${order} wave 1: 500 units left on .*, waybill WAYBILL-`));
    expect(text).toContain(`  release certificate ${order}/ship/0, policy epoch 0`);
    expect(text).toContain(`  license D-${order}: 500 units before, 0 after`);
    expect(text).toContain('  approval CN-A-1: 500 units before, 0 after');
    expect(text).toMatch(/^export filing +X20251222123456 .* carrier /m);
    expect(text).toMatch(new RegExp(`^destination-control-statement +INV-${order} .* seller.desk `, 'm'));
    expect(await here.cli.json('certificate', order, '--wave', '1')).toMatchObject({
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
    expect(await expectFailure(here.cli, 3, 'not-yet', 'certificate', order, '--wave', '2')).toContain('wave 2 has not left');
    expect(await expectFailure(here.cli, 2, 'usage', 'certificate', order, '--wave', '0')).toContain('expected a number from 1');
  }, 120_000);
});

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { policyInForce } from '../../edge/policies.ts';
import { dayIn, washington } from '../../edge/zones.ts';
import { query } from '../../ledger/database.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { Cli, expectFailure, expectUntouched, newId, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

const link = (order: string): string => `${inject('ui')}/namespaces/default/workflows/order%3A${order}`;

describe('twokey submit', () => {
  it('submits an order, which the worker takes as far as it goes without people', async () => {
    const order = newId('CLI');
    await receiveLot(desk.database, { id: `lot-${order}`, product: 'H200', units: 500 }, Date.now());
    expect(await cli.text('submit', cli.write(orderYaml(order)))).toBe(`${order} submitted  ${link(order)}\n`);
    expect(await desk.quiet(order)).toMatchObject({ stage: 'us-review', waitingOn: ['seller.desk'], units: 500, customer: 'research-lab-1' });
  });

  it('answers as JSON, for a list in YAML or JSON, each order under the policy of the file or the one in force today', async () => {
    const [one, two] = [newId('CLI'), newId('CLI')];
    const order = { customer: 'c', customerClass: 'core', product: 'MI308', units: 1, unitPriceMinor: 1, currency: 'USD', endUse: 'research' };
    const file = cli.write(
      JSON.stringify([
        { ...order, id: one },
        { ...order, id: two, policy: '2025-12-announcement' },
      ]),
      'list.json',
    );
    expect(await cli.json('submit', file)).toEqual({
      submitted: [
        { order: one, state: 'started', policy: policyInForce(dayIn(washington, Date.now())).id, takes: 'plain', ui: link(one) },
        { order: two, state: 'started', policy: '2025-12-announcement', takes: 'plain', ui: link(two) },
      ],
      held: [],
    });
  });

  it('changes nothing when the same file comes twice, and says so', async () => {
    const order = newId('CLI');
    const file = cli.write(orderYaml(order, { product: 'H20' }));
    await cli.text('submit', file);
    await desk.quiet(order);
    await expectUntouched(desk.client, order, async () => {
      expect(await cli.text('submit', file)).toContain(`${order} was submitted before, nothing changed`);
      expect(await cli.json('submit', file)).toMatchObject({ submitted: [{ order, state: 'known' }] });
    });
  });

  it('takes the same content in another spelling as the same order', async () => {
    const order = newId('CLI');
    await cli.text('submit', cli.write(orderYaml(order, { product: 'H20' })));
    const respelled = cli.write(orderYaml(order, { product: "'H20'", reviews: 'in-sequence', fileApplication: 'by-act' }));
    expect(await cli.json('submit', respelled)).toMatchObject({ submitted: [{ order, state: 'known' }] });
  });

  it.each([
    ['units', { units: '501' }],
    ['customer', { customer: 'other' }],
    ['day of shipment', { shipBy: '2026-12-18' }],
  ])('refuses the same id with other %s, and leaves the order as it was', async (_what, changes) => {
    const order = newId('CLI');
    await cli.text('submit', cli.write(orderYaml(order, { product: 'H20' })));
    await desk.quiet(order);
    const message = await expectUntouched(desk.client, order, () =>
      expectFailure(cli, 3, 'order-conflict', 'submit', cli.write(orderYaml(order, { product: 'H20', ...changes }))),
    );
    expect(message).toContain(`order ${order} was submitted before with other content`);
  });

  it('says of a list in which a later order conflicts what became of those before it', async () => {
    const [fresh, taken] = [newId('FRESH'), newId('TAKEN')];
    await cli.text('submit', cli.write(orderYaml(taken, { product: 'H20' })));
    const entry = (id: string, units: string): string => `- ${orderYaml(id, { product: 'H20', units }).trimEnd().replaceAll('\n', '\n  ')}\n`;
    const ran = await cli.run('submit', cli.write(entry(fresh, '1') + entry(taken, '9')));
    expect(ran.exitCode).toBe(3);
    const rows = await query(desk.database, 'select id from orders where id = $1', [fresh]);
    const isTold = `${ran.stdout}${ran.stderr}`.includes(fresh);
    expect({ isSubmitted: rows.length > 0, isTold }).toEqual({ isSubmitted: isTold, isTold });
  });

  it('needs no worker: an order waits until one takes it up', async () => {
    const idle = Cli.beside(newId('nobody'));
    const order = newId('CLI');
    expect(await idle.json('submit', idle.write(orderYaml(order)))).toMatchObject({ submitted: [{ order, state: 'started' }] });
    expect(await expectFailure(idle, 4, 'no-worker', 'status', order)).toContain(order);
  });
});

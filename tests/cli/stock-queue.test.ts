import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../../ledger/database.ts';
import { Cli } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

/** No other test of a desk asks for it. */
const product = 'MI300X';
let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

const short = (units: number, customerClass: 'core' | 'reseller' = 'core') => desk.submit({ product, units, customerClass }, {}, { isShort: true });

/** Until an order that was short has been told, has asked again, and has its stock. */
async function untilServed(order: string): Promise<void> {
  for (const end = Date.now() + 60_000; (await desk.quiet(order)).stage === 'allocation'; await wait(100))
    if (Date.now() > end) throw new Error(`${order} got no stock`);
}

describe('twokey stock', () => {
  it('shows who waits in the order in which they are served, and gives a lot that comes in to them', async () => {
    const reseller = await short(4, 'reseller');
    const core = await short(6);
    expect(await cli.json('stock', 'queue', product)).toEqual({
      queues: [
        {
          ...{ product, discipline: 'fit', agingDays: 30, called: [] },
          waiting: [
            { place: 1, order: core, units: 6, customerClass: 'core', since: expect.any(String) as unknown },
            { place: 2, order: reseller, units: 4, customerClass: 'reseller', since: expect.any(String) as unknown },
          ],
        },
      ],
    });
    expect((await cli.run('stock', 'queue', product)).stdout).toMatch(new RegExp(`1 .*${core}[^]*2 .*${reseller}`));
    expect((await cli.run('status', reseller)).stdout).toContain('short');

    const received = await cli.run('stock', 'receive', `queue-${core}`, '--product', product, '--units', '8');
    expect(received).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('whoever waits for it gets it') as unknown });
    await untilServed(core);
    expect(await desk.reservedFor(core)).toBe(6);
    expect(await desk.reservedFor(reseller)).toBe(0);
    await desk.act(core, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
    await untilServed(reseller);
    expect(await cli.json('stock', 'queue', product)).toMatchObject({ queues: [{ called: [], waiting: [] }] });
    await desk.act(reseller, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
  });

  it('tells by which rules, and changes them for one product', async () => {
    expect(await cli.json('stock', 'rules', product)).toEqual({ product, discipline: 'fit', agingDays: 30 });
    expect(await cli.json('stock', 'rules', product, '--discipline', 'strict', '--aging-days', 'none')).toEqual({
      product,
      discipline: 'strict',
      agingDays: null,
    });
    expect((await cli.run('stock', 'rules', product)).stdout).toContain('strict; waiting lifts nobody');
    expect(await cli.run('stock', 'rules', product, '--aging-days', '0')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('none') as unknown });
    expect(await cli.run('stock', 'rules', product, '--discipline', 'first')).toMatchObject({ exitCode: 2 });
    await query(desk.database, 'delete from queue_rules where product = $1', [product]);
  });
});

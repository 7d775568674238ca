import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultQueueRules, turns, type Waiting } from '../../domain/rules/priority.ts';
import { customerClasses } from '../../domain/terms.ts';
import { startOrder } from '../../engine/orders.ts';
import { giveStock } from '../../engine/stock.ts';
import { query } from '../../ledger/database.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Desk } from '../support/desk.ts';
import { policy, terms } from '../support/orders.ts';

/** How many orders race: TWOKEY_RACE=1000 for the whole of it. */
const racing = Number(process.env['TWOKEY_RACE'] ?? 60);
const units = 100;
/** No other test asks for it. */
const product = 'B200';
const patienceMs = 600_000;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Calls `done` again and again until it is so. */
async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await done()); await wait(200))
    if (Date.now() > end) throw new Error(`${what}: not within ${patienceMs / 1_000} s`);
}

interface Entry extends Record<string, unknown> {
  order_id: string;
  units: number;
  customer_class: Waiting['customerClass'];
  arrival: string;
  since: Date;
  at: Date;
}
const journalled = (kind: string): Promise<Entry[]> =>
  query<Entry>(
    desk.database,
    'select order_id, units, customer_class, arrival, since, at from waitlist_journal where product = $1 and kind = $2 order by position',
    [product, kind],
  );

describe(`${racing} orders that race for ${units} units`, () => {
  const ids = Array.from({ length: racing }, (_, index) => `race-${String(index + 1).padStart(4, '0')}`);

  it(
    'get them as the rule of the queue says from the order in which they came, each unit once, and the others wait',
    async () => {
      const order = (id: string, index: number) =>
        terms({ id, product, units: 1 + (index % 4), customerClass: customerClasses[(index * 7) % customerClasses.length] ?? 'core' });
      for (let first = 0; first < racing; first += 50)
        await Promise.all(
          ids.slice(first, first + 50).map((id, index) => startOrder(desk.client, desk.engine.taskQueue, order(id, first + index), policy(), {})),
        );
      await until('all have joined', async () => (await journalled('joined')).length === racing);

      await receiveLot(desk.database, { id: 'race', product, units }, Date.now());
      await giveStock(desk.client, desk.engine.taskQueue);

      const waiting = (await journalled('joined')).map((row): Waiting & { key: string } => ({
        ...{ orderId: row.order_id, key: row.order_id, units: row.units, customerClass: row.customer_class },
        ...{ arrival: Number(row.arrival), since: row.since.getTime() },
      }));
      const winners = turns(waiting, units, defaultQueueRules, Date.now(), { product, inUse: [] }).map(({ one }) => one.orderId);
      expect((await journalled('called')).map((row) => row.order_id)).toEqual(winners);
      expect(winners.length).toBeGreaterThan(20);

      await until('all who were called have come', async () => (await journalled('taken')).length === winners.length);
      const held = await query<{ order_id: string; units: string }>(
        desk.database,
        `select order_id, sum(units) as units from reservations join reservation_lots on reservation_key = key where lot_id = 'race' and state = 'reserved' group by 1`,
      );
      expect(held.map((row) => row.order_id).toSorted()).toEqual(winners.toSorted());
      expect(held.reduce((sum, row) => sum + Number(row.units), 0)).toBe(
        waiting.filter((one) => winners.includes(one.orderId)).reduce((sum, one) => sum + one.units, 0),
      );
      for (const id of winners.slice(0, 5)) expect((await desk.quiet(id)).stage).toBe('us-review');
      expect(await auditStock(desk.database)).toBeUndefined();
    },
    patienceMs,
  );

  it(
    'pass on what one of them gives back in the same moment, and the next hears of it',
    async () => {
      const [winner] = await journalled('taken');
      const before = (await journalled('called')).length;
      if (!winner) throw new Error('nobody has won');
      await desk.act(winner.order_id, 'seller.desk', 'cancel', { reason: 'the customer withdrew' });
      await until('the next has come', async () => (await journalled('taken')).length > before);
      expect(await auditStock(desk.database)).toBeUndefined();
    },
    patienceMs,
  );

  afterAll(async () => {
    for (const id of ids)
      await desk.client.workflow
        .getHandle(orderWorkflowId(id))
        .terminate('the race is over')
        .catch(() => undefined);
    await query(desk.database, 'delete from waitlist where product = $1', [product]);
  });
});

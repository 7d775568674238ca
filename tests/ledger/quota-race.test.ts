import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLedgerPort } from '../../activities/ledger.ts';
import type { Quota } from '../../domain/rules/quota.ts';
import { type Database, query } from '../../ledger/database.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { markTold, untoldOrders } from '../../ledger/stock-tidings.ts';
import { termsOf } from './capped-orders.ts';
import { withLedger } from './with-ledger.ts';

const ledger = withLedger();
const at = Date.UTC(2026, 1, 4);
const [orders, cap] = [8, 100];

interface Operation {
  readonly kind: 'ask' | 'ask twice' | 'receive' | 'release' | 'ship' | 'tell';
  readonly which: number;
  readonly units: number;
}
const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'ask twice', 'receive', 'receive', 'release', 'ship', 'tell', 'tell'),
  which: fc.nat(orders - 1),
  units: fc.integer({ min: 1, max: 50 }),
});

/** Orders of one customer for two products that its cap pools, half of them of each; they ask, wait, are told and ask again, as the workflow does. */
class Pool {
  readonly #name: string;
  readonly #quotas: readonly Quota[];
  readonly #seen: Set<string>;
  readonly #orders: { state: 'new' | 'asking' | 'short' | 'over-quota' | 'reserved' | 'shipped' | 'gone'; wish: number; isFreed?: boolean }[];
  #lots = 0;

  constructor(name: string, seen: Set<string>) {
    this.#name = name;
    this.#seen = seen;
    this.#quotas = [{ kind: 'units-per-customer', name: 'per-customer', units: cap, products: [0, 1].map((which) => this.#product(which)) }];
    this.#orders = Array.from({ length: orders }, () => ({ state: 'new', wish: -1 }));
  }

  readonly #product = (which: number): string => `${this.#name}-${which % 2}`;
  readonly #id = (which: number): string => `${this.#name}-order-${which}`;
  readonly #key = (which: number): string => `${this.#id(which)}/reserve-stock/${this.#orders[which]?.wish ?? 0}`;

  async open(): Promise<void> {
    const claims = this.#orders.map((_one, which) => ({ terms: termsOf(this.#id(which), this.#name, 'H200', 1), policy: 'p' }));
    await claimOrders(ledger.database, claims, at);
  }

  async does(database: Database, { kind, which, units }: Operation): Promise<void> {
    const order = this.#orders[which];
    const of = { orderId: this.#id(which), reservationKey: this.#key(which), at };
    if (kind === 'receive') await receiveLot(database, { id: `${this.#name}-lot-${(this.#lots += 1)}`, product: this.#product(which), units }, at);
    if (kind === 'tell') await this.tell(database);
    if (!order) return;
    if ((kind === 'ask' || kind === 'ask twice') && ['new', 'short', 'over-quota'].includes(order.state))
      await this.#ask(database, which, kind === 'ask' ? 1 : 2);
    if (kind === 'ship' && order.state === 'reserved') {
      order.state = 'shipped';
      await createLedgerPort(database).ship({ key: `${of.orderId}/ship/0`, ...of, bookingReference: 'B', policyEpoch: 0 });
    }
    if (kind === 'release' && ['short', 'reserved', 'shipped'].includes(order.state)) {
      order.state = 'gone';
      await createLedgerPort(database).release({ key: `${of.orderId}/release-stock/0`, ...of });
    }
  }

  async #ask(database: Database, which: number, times: number): Promise<string> {
    const order = this.#orders[which];
    if (!order) throw new Error(`there is no order ${which}`);
    order.state = 'asking';
    order.wish += 1;
    const wanted = {
      key: this.#key(which),
      orderId: this.#id(which),
      product: this.#product(which),
      units: 10 + which * 5,
      customerClass: 'core',
      at,
    } as const;
    const answers = await Promise.all(Array.from({ length: times }, () => createLedgerPort(database).reserve({ ...wanted, quotas: this.#quotas })));
    for (const { outcome } of answers) this.#seen.add(outcome);
    // The last word counts: who was short may have been called in between.
    order.state = answers.find(({ outcome }) => outcome !== 'short')?.outcome ?? 'short';
    return order.isFreed && order.state === 'short' ? await this.#ask(database, which, 1) : order.state;
  }

  async tell(database: Database): Promise<number> {
    const untold = (await untoldOrders(database, 100)).filter(({ orderId }) => orderId.startsWith(`${this.#name}-`));
    for (const one of untold) {
      await markTold(database, one, at);
      const which = this.#orders.findIndex((_order, index) => this.#key(index) === one.key);
      await this.#hears(database, which);
    }
    return untold.length;
  }

  async #hears(database: Database, which: number): Promise<void> {
    const order = this.#orders[which];
    if (order?.state === 'asking') order.isFreed = true;
    if (order?.state !== 'short') return;
    this.#seen.add(`called: ${await this.#ask(database, which, 1)}`);
  }

  /** Orders over a quota that have units or a place in the queue all the same. */
  async holdingInVain(): Promise<string[]> {
    const over = this.#orders.flatMap(({ state }, which) => (state === 'over-quota' ? [this.#id(which)] : []));
    const held = await query<{ order_id: string }>(
      ledger.database,
      `select order_id from reservations join reservation_lots on reservation_key = key where order_id = any($1) and state = 'reserved'
       union select order_id from waitlist where order_id = any($1)`,
      [over],
    );
    return held.map((row) => row.order_id);
  }

  /** The most units that the customer ever had of both products together, movement by movement. */
  async most(): Promise<number> {
    const [row] = await query<{ most: number }>(
      ledger.database,
      `select coalesce(max(units), 0)::int as most from (
         select sum(stock_movements.reserved + stock_movements.shipped) over (order by position) as units
         from stock_movements join lots on lots.id = lot where product like $1 || '-%') run`,
      [this.#name],
    );
    return row?.most ?? NaN;
  }
}

it('no cap is ever passed, whatever four clients ask for, are called to, ship and give back at the same time', async () => {
  const pools = Array.from({ length: 4 }, () => ledger.pool());
  const seen = new Set<string>();
  let [runs, fullest] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.tuple(...pools.map(() => fc.array(operation, { minLength: 6, maxLength: 14 }))), async (clients) => {
      const pool = new Pool(`R${(runs += 1)}`, seen);
      await pool.open();
      await Promise.all(
        clients.map(async (operations, client) => {
          for (const one of operations) await pool.does(pools[client] ?? ledger.database, one);
        }),
      );
      while ((await pool.tell(ledger.database)) > 0);
      expect(await pool.most()).toBeLessThanOrEqual(cap);
      expect(await pool.holdingInVain()).toEqual([]);
      expect(await auditStock(ledger.database)).toBeUndefined();
      fullest = Math.max(fullest, await pool.most());
    }),
    { numRuns: 12 },
  );
  // That the property has met what it is about.
  expect([...seen].toSorted()).toEqual(['called: over-quota', 'called: reserved', 'over-quota', 'reserved', 'short']);
  expect(fullest).toBeGreaterThan(cap - 10);
});

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { recordCustomer } from '../../ledger/customers.ts';
import type { Database } from '../../ledger/database.ts';
import type { Desk } from '../support/desk.ts';
import { givePapers } from '../support/papers.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';

const example = readFileSync(new URL('../../examples/orders-in-flight.yaml', import.meta.url), 'utf8');

/** Orders in flight, as the example has them, under ids of their own. */
export interface InFlight {
  readonly text: string;
  /** In review: Defense has not answered. */
  readonly reviewed: string;
  /** Licensed, a first part delivered. */
  readonly partShipped: string;
  /** The license of the second, and one that no order of the file draws on. */
  readonly license: string;
  readonly partUsed: string;
  readonly customer: string;
}

/** The next goods of an order pass their test, leave with their papers and arrive. */
export async function delivered(desk: Desk, order: string): Promise<void> {
  await desk.act(order, 'test.lab', 'pass-inspection', { reportNumber: 'LAB-10' });
  await givePapers(desk, order);
  await desk.act(order, 'cn.gacc', 'release', { releaseNumber: 'GACC-6' });
  await desk.act(order, 'carrier', 'confirm-delivery', { proof: 'POD-6' });
  await desk.quiet(order);
}

/** Takes in what both orders need, of a customer of their own whom Commerce has vetted: no other test finds their license. */
export async function readyFor(database: Database, { reviewed, customer }: InFlight): Promise<void> {
  await receiveLot(database, { id: `lot-${reviewed}`, product: 'H200', units: 700 }, Date.now());
  await recordCustomer(database, { key: `tests/${customer}`, customer, standing: 'approved', reason: 'known', orderId: null, at: Date.now() });
}

export function inFlight(): InFlight {
  const own = randomUUID().slice(0, 8);
  const named = { reviewed: `F-${own}-1`, partShipped: `F-${own}-2`, license: `D42-${own}`, partUsed: `D07-${own}`, customer: `cloud-${own}` };
  const text = example
    .replaceAll('F-1001', named.reviewed)
    .replaceAll('F-1002', named.partShipped)
    .replaceAll('D1190042', named.license)
    .replaceAll('D1190007', named.partUsed)
    .replaceAll('cloud-7', named.customer)
    .replaceAll('F-0990', `F-${own}-0`);
  return { text, ...named };
}

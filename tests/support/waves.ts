import { randomUUID } from 'node:crypto';
import { startOrder } from '../../engine/orders.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { withPapers } from '../domain/shipments.ts';
import type { Desk } from './desk.ts';
import { terms } from './orders.ts';

/** What each wave does, each time anew, in its order. */
export const waveSteps = ['request-inspection', 'rescreen-parties', 'book-shipment', 'ship', 'accrue-levy', 'declare-customs'] as const;

const policy = withPapers({
  usEntry: 'not-needed',
  siteVerification: 'not-needed',
  papers: [
    { name: 'export-filing', act: 'file-eei' },
    { name: 'destination-control-statement', act: 'register-paper' },
  ],
});

/** An order of 600 units that is licensed, by a policy that asks for papers; answers its id. */
export async function licensedForWaves(desk: Desk): Promise<string> {
  const order = `W-${randomUUID().slice(0, 8)}`;
  await receiveLot(desk.database, { id: `lot-${order}`, product: 'H200', units: 600 }, Date.now());
  await startOrder(desk.client, desk.engine.taskQueue, terms({ id: order, customer: 'core-cloud-1', units: 600, unitPriceMinor: 3_333_333 }), policy);
  await desk.quiet(order);
  await desk.act(order, 'us.commerce', 'register', { applicationNumber: `Z-${order}` });
  await desk.act(order, 'us.commerce', 'refer');
  await desk.quiet(order);
  await desk.licensed(order, `D-${order}`);
  return order;
}

/** China approves so many units more: the next wave is formed of them. */
export async function waveApproved(desk: Desk, order: string, wave: string, units: string): Promise<void> {
  await desk.act(order, 'buyer', 'apply-purchase', { applicationNumber: `CN-${wave}` });
  await desk.act(order, 'cn.mofcom', 'approve-purchase', { approvalNumber: `CN-A-${wave}`, units });
}

/** Two waves that have left arrive: the order is over. */
export async function wavesArrive(desk: Desk, order: string): Promise<void> {
  for (const wave of ['1', '2']) {
    await desk.act(order, 'cn.gacc', 'release', { releaseNumber: `GACC-${wave}`, wave });
    await desk.act(order, 'carrier', 'confirm-delivery', { proof: `POD-${wave}`, wave });
  }
}

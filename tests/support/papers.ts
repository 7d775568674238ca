import type { Desk } from './desk.ts';

/** Enters what the policies of today ask for before a wave leaves, once its carrier is booked: the statement on the invoice, and the export filing. */
export async function sendPapers(desk: Desk, order: string): Promise<void> {
  await desk.quiet(order);
  const statement = { paper: 'destination-control-statement', number: `INV-${order}`, dated: '2025-12-20', digest: 'ab'.repeat(32) };
  await desk.act(order, 'seller.desk', 'register-paper', statement);
  await desk.act(order, 'carrier', 'file-eei', { itn: 'X20251222123456' });
}

/** The same, and what follows from it. */
export async function givePapers(desk: Desk, order: string): Promise<void> {
  await sendPapers(desk, order);
  await desk.quiet(order);
}

import type { Session } from './database.ts';
import { lockQueues, serveQueue } from './waitlist.ts';

/**
 * Called in the transaction in which units of a product became free, after they did: a lot was received, a reservation was given back or made
 * smaller, units came out of quarantine. Units of a lot that opens later are free, and nobody's before it opens. `at` in epoch milliseconds.
 * Whoever waits for the product is served here, so that nobody else comes in between.
 */
export async function unitsCameFree(ledger: Session, product: string, at: number): Promise<void> {
  await lockQueues(ledger, [product]);
  await serveQueue(ledger, product, at);
}

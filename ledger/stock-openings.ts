import { type Database, inTransaction, query } from './database.ts';
import { isSomebodyUntold } from './stock-tidings.ts';
import { lockQueues, serveQueue } from './waitlist.ts';

/** When the next lot opens after `at`, both in epoch milliseconds; null where none is to come. */
export async function nextOpening(database: Database, at: number): Promise<number | null> {
  const [row] = await query<{ first: Date | null }>(database, 'select min(opens_at) as first from lots where opens_at > $1 and free > 0', [new Date(at)]);
  return row?.first?.getTime() ?? null;
}

/** Serves every queue in which somebody waits with what is open at `at` (epoch milliseconds): lots open by the passing of time alone. */
export async function openQueues(database: Database, at: number): Promise<void> {
  const waited = await query<{ product: string }>(database, 'select distinct product from waitlist where called_at is null order by product');
  for (const { product } of waited)
    await inTransaction(database, async (ledger) => {
      await lockQueues(ledger, [product]);
      await serveQueue(ledger, product, at);
    });
}

/** Whether there is something to give or to wait for: somebody has been called and not told, or a lot opens later. */
export const isStockToCome = async (database: Database, at: number): Promise<boolean> =>
  (await isSomebodyUntold(database)) || (await nextOpening(database, at)) !== null;

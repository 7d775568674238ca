import type { Database } from '../ledger/database.ts';
import { nextOpening, openQueues } from '../ledger/stock-openings.ts';
import { giveUpCall, markTold, untoldOrders } from '../ledger/stock-tidings.ts';

/** What giving stock touches. */
interface StockParts {
  readonly database: Database;
  /** Tells an order that stock has been set aside for it under its key; `closed` where nobody is there to be told. */
  readonly tell: (orderId: string, key: string) => Promise<'told' | 'closed'>;
  /** Tells the engine after each order that work goes on. */
  readonly heartbeat: (details: string) => void;
}

/** How far the giving has come by one call: how many orders were told, whether some are left, and when the next lot opens (epoch milliseconds). */
export interface Given {
  readonly told: number;
  readonly isDone: boolean;
  readonly opensAt: number | null;
}

export interface StockActivities {
  'give-stock'(request: { readonly at: number }): Promise<Given>;
}

/** So many orders are told in one call, which keeps history short and a retry small. */
const atOnce = 50;

/**
 * Gives what is free to those who wait, and tells those who have been called. Who has been told is in the ledger before the next one is, so a call
 * that is made again goes on where the one before was; who is told twice asks once.
 */
export const createStockActivities = ({ database, tell, heartbeat }: StockParts): StockActivities => ({
  async 'give-stock'({ at }) {
    await openQueues(database, at);
    const untold = await untoldOrders(database, atOnce);
    for (const one of untold) {
      heartbeat(one.orderId);
      if ((await tell(one.orderId, one.key)) === 'told') await markTold(database, one, at);
      else await giveUpCall(database, one, at);
    }
    return { told: untold.length, isDone: untold.length < atOnce && (await untoldOrders(database, 1)).length === 0, opensAt: await nextOpening(database, at) };
  },
});

/** The ledger's word to an order that waits for stock under `key`: it has set some aside. */
export interface StockFreed {
  readonly type: 'stock-freed';
  readonly key: string;
}

/** The word in a message that anyone may have sent; undefined where it names no key. */
export function readStockFreed(message: unknown): StockFreed | undefined {
  const key = typeof message === 'object' && message !== null && 'key' in message ? message.key : undefined;
  return typeof key === 'string' ? { type: 'stock-freed', key } : undefined;
}

/** What was asked of the stock goes against what it holds; nothing was written. */
export class StockRefused extends Error {
  override readonly name = 'StockRefused';
  /** Stable, for scripts. */
  readonly code: StockFault;

  constructor(code: StockFault, message: string) {
    super(message);
    this.code = code;
  }
}

export type StockFault =
  | 'units-invalid'
  | 'lot-conflict'
  | 'lot-unknown'
  | 'serials-invalid'
  | 'serials-overlap'
  | 'serials-unknown'
  | 'serials-quarantined'
  | 'finding-conflict'
  | 'units-short'
  | 'reservation-unknown'
  | 'window-conflict'
  | 'window-unknown'
  | 'window-past'
  | 'window-closed'
  | 'window-expected'
  | 'window-full';

/** Units are whole and at least one; the columns of the ledger hold no more than 2^31 - 1. */
export function assertUnits(units: number, of: string): void {
  if (!Number.isInteger(units) || units < 1 || units >= 2 ** 31)
    throw new StockRefused('units-invalid', `${of}: ${units} units; expected a whole number from 1 to ${2 ** 31 - 1}`);
}

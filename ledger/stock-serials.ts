import type { SerialRange } from '../domain/serial-range.ts';
import type { Session } from './database.ts';
import { StockRefused } from './stock-refused.ts';

export const toldRange = ({ first, last }: Pick<SerialRange, 'first' | 'last'>): string => `${first}..${last}`;

interface RangeRow extends Record<string, unknown> {
  first: string;
  last: string;
  units: number;
}

/** The serial ranges of a lot, by their first number. */
export const serialsOf = (ledger: Session, lot: string): Promise<RangeRow[]> =>
  ledger.query<RangeRow>('select first, last, units from lot_serials where lot = $1 order by first', [lot]);

/** Writes the serial ranges of a lot. Throws `StockRefused` where one overlaps another of the product; the table refuses it besides. */
export async function recordSerials(ledger: Session, { id, product }: { id: string; product: string }, ranges: readonly SerialRange[]): Promise<void> {
  for (const range of ranges) {
    const { first, last, units } = range;
    const [other] = await ledger.query<{ lot: string; first: string; last: string }>(
      'select lot, first, last from lot_serials where span && serial_span_of($1, $2, $3)',
      [product, first, last],
    );
    if (other)
      throw new StockRefused(
        'serials-overlap',
        `lot ${id}: serial numbers ${toldRange(range)} overlap ${toldRange(other)} of lot ${other.lot}; each unit of ${product} has a number of its own`,
      );
    await ledger.query('insert into lot_serials (lot, product, first, last, units) values ($1, $2, $3, $4, $5)', [id, product, first, last, units]);
  }
}

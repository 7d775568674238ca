import { type Database, inTransaction, lockKey, type Session } from './database.ts';
import { unitsCameFree } from './stock-freed.ts';
import { moveUnits } from './stock-journal.ts';
import { assertUnits, StockRefused } from './stock-refused.ts';
import { lockReservation, takeFromReservation } from './stock-reservations.ts';
import { type SerialRange, serialsOf, toldRange } from './stock-serials.ts';

/** What was found of units of a lot: by their serial numbers where those are known, else so many. `at` in epoch milliseconds. */
export interface Finding {
  /** One for each finding: the same again changes nothing. */
  readonly key: string;
  readonly lot: string;
  readonly what: SerialRange | { readonly units: number };
  readonly reason: string;
  readonly at: number;
}

/**
 * Sets units apart, so that nobody can reserve or ship them: free ones, or those of a reservation, which is smaller by them afterwards. Throws
 * `StockRefused` where the lot or the reservation has not as many, or a unit is set apart already.
 */
export const quarantineUnits = (database: Database, finding: Finding & { readonly reservationKey?: string }): Promise<void> =>
  once(database, 'quarantined', finding, async (ledger, { product, isNumbered }) => {
    const { key, lot, what, reservationKey, reason, at } = finding;
    if (isNumbered) await markSerials(ledger, lot, product, what);
    const part = { lot, units: what.units };
    if (reservationKey === undefined) {
      await assertColumn(ledger, 'free', part);
      await moveUnits(ledger, { kind: 'quarantined', key, reason, at }, [part]);
      return;
    }
    const reservation = await lockReservation(ledger, reservationKey);
    if (reservation?.state !== 'reserved')
      throw new StockRefused(
        'reservation-unknown',
        `reservation ${reservationKey} is ${reservation?.state ?? 'not in the ledger'}; expected one that is reserved`,
      );
    if (!(await takeFromReservation(ledger, reservation, part, at)))
      throw new StockRefused('units-short', `reservation ${reservationKey} has not ${part.units} units of lot ${lot}`);
    await moveUnits(ledger, { kind: 'quarantined', key, reservation: { key: reservationKey, orderId: reservation.order_id }, reason, at }, [part]);
  });

/** Gives units that were set apart back to stock, where who waits is served first. Throws `StockRefused` where they are not set apart. */
export const restoreUnits = (database: Database, finding: Finding): Promise<void> =>
  once(database, 'restored', finding, async (ledger, { product, isNumbered }) => {
    const { key, lot, what, reason, at } = finding;
    if (isNumbered) await unmarkSerials(ledger, lot, what);
    const part = { lot, units: what.units };
    await assertColumn(ledger, 'quarantined', part);
    await moveUnits(ledger, { kind: 'restored', key, reason, at }, [part]);
    await unitsCameFree(ledger, product, at);
  });

interface FoundLot extends Record<string, unknown> {
  product: string;
}

/** Does what a finding asks for once by its key, with the lot locked; the key again with another content is refused. */
async function once(
  database: Database,
  kind: 'quarantined' | 'restored',
  { key, lot, what }: Finding,
  move: (ledger: Session, lot: FoundLot & { isNumbered: boolean }) => Promise<void>,
): Promise<void> {
  assertUnits(what.units, `finding ${key}`);
  await inTransaction(database, async (ledger) => {
    await lockKey(ledger, key);
    const [made] = await ledger.query<{ kind: string; lot: string; units: number }>(
      `select kind, lot, units from stock_journal where key = $1 and kind in ('quarantined', 'restored')`,
      [key],
    );
    if (made && (made.kind !== kind || made.lot !== lot || made.units !== what.units))
      throw new StockRefused(
        'finding-conflict',
        `finding ${key} is known: ${made.units} units of lot ${made.lot} ${made.kind}; give the new one a key of its own`,
      );
    if (made) return;
    const [found] = await ledger.query<FoundLot>('select product from lots where id = $1', [lot]);
    if (!found) throw unknownLot(lot);
    await ledger.query('select from lots where id = $1 for update', [lot]);
    await move(ledger, { ...found, isNumbered: await assertKnown(ledger, lot, what) });
  });
}

/** No lot of this name is in the ledger. */
export const unknownLot = (lot: string): StockRefused =>
  new StockRefused('lot-unknown', `lot ${lot} is not in the ledger; twokey stock show names those that are`);

/** Whether the units of a lot have numbers; what was found must tell them then, and be of this lot. */
async function assertKnown(ledger: Session, lot: string, what: Finding['what']): Promise<boolean> {
  const ranges = await serialsOf(ledger, lot);
  if (!('first' in what)) {
    if (ranges.length > 0) throw new StockRefused('serials-unknown', `lot ${lot} has serial numbers ${ranges.map(toldRange).join(', ')}: say which of them`);
    return false;
  }
  const [within] = await ledger.query('select 1 from lot_serials where lot = $1 and span @> serial_span_of(product, $2, $3)', [lot, what.first, what.last]);
  if (!within)
    throw new StockRefused(
      'serials-unknown',
      `lot ${lot} has not ${toldRange(what)} in one range; its serial numbers are ${ranges.map(toldRange).join(', ') || 'not known: say how many units'}`,
    );
  return true;
}

const numbersOf = `select regexp_replace($2, '[0-9]+$', '') || lpad(number::text, length(substring($2 from '[0-9]+$')), '0') as serial
  from generate_series(substring($2 from '[0-9]+$')::bigint, substring($3 from '[0-9]+$')::bigint) as number`;

async function markSerials(ledger: Session, lot: string, product: string, what: Finding['what']): Promise<void> {
  if (!('first' in what)) return;
  const marked = await ledger.query(
    `insert into quarantined_serials (product, serial, lot) select $4, serial, $1 from (${numbersOf}) numbers on conflict do nothing returning 1`,
    [lot, what.first, what.last, product],
  );
  if (marked.length !== what.units)
    throw new StockRefused(
      'serials-quarantined',
      `${what.units - marked.length} of ${toldRange(what)} of lot ${lot} are in quarantine already: name the others`,
    );
}

async function unmarkSerials(ledger: Session, lot: string, what: Finding['what']): Promise<void> {
  if (!('first' in what)) return;
  const unmarked = await ledger.query(`delete from quarantined_serials where lot = $1 and serial in (${numbersOf}) returning 1`, [lot, what.first, what.last]);
  if (unmarked.length !== what.units)
    throw new StockRefused(
      'serials-quarantined',
      `${what.units - unmarked.length} of ${toldRange(what)} of lot ${lot} are not in quarantine: name those that are`,
    );
}

/** The lot is locked: what it has now it has until the transaction ends. */
async function assertColumn(ledger: Session, column: 'free' | 'quarantined', { lot, units }: { lot: string; units: number }): Promise<void> {
  const [has] = await ledger.query<{ units: number }>(`select ${column} as units from lots where id = $1`, [lot]);
  if ((has?.units ?? 0) < units)
    throw new StockRefused('units-short', `lot ${lot} has ${has?.units} units ${column === 'free' ? 'free' : 'in quarantine'}, not ${units}`);
}

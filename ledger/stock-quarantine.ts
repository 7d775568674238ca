import type { SerialRange } from '../domain/serial-range.ts';
import { type Database, inTransaction, lockKey, type Session } from './database.ts';
import { moveUnits } from './stock-journal.ts';
import { assertUnits, StockRefused } from './stock-refused.ts';
import { lockReservation, type StockReservation, takeFromReservation } from './stock-reservations.ts';
import { serialsOf, toldRange } from './stock-serials.ts';
import { lockQueues, serveQueue } from './waitlist.ts';

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
  inTransaction(database, (ledger) =>
    once(ledger, 'quarantined', finding, async (product) => {
      const { reservationKey } = finding;
      await assertNamed(ledger, finding, 0);
      // Locked before its lots, as by whoever ships it or gives it back.
      const reservation = reservationKey === undefined ? undefined : await reservedUnder(ledger, reservationKey);
      await setApart(ledger, finding, product, reservation);
    }),
  );

/** Sets units of a reservation of an order apart, in a transaction of the caller in which the order is locked; answers the reservation. */
export async function quarantineReserved(
  ledger: Session,
  finding: Finding & { readonly reservationKey: string; readonly orderId: string },
): Promise<StockReservation> {
  const reservation = await reservedUnder(ledger, finding.reservationKey);
  if (reservation.order_id !== finding.orderId)
    throw new StockRefused('reservation-unknown', `reservation ${reservation.key} is of order ${reservation.order_id}, not of ${finding.orderId}`);
  await once(ledger, 'quarantined', finding, async (product) => {
    await assertNamed(ledger, finding, 0);
    await setApart(ledger, finding, product, reservation);
  });
  return reservation;
}

async function setApart(ledger: Session, finding: Finding, product: string, reservation: StockReservation | undefined): Promise<void> {
  await markSerials(ledger, finding, product);
  if (reservation && !(await takeFromReservation(ledger, reservation, partOf(finding), finding.at)))
    throw new StockRefused('units-short', `reservation ${reservation.key} has not ${finding.what.units} units of lot ${finding.lot}`);
  await moveFound(ledger, 'quarantined', finding, reservation);
}

/**
 * Gives units that were set apart back to stock, where who waits is served first. Of a lot with serial numbers they are told by number, or, of those that
 * came back, by how many. Throws `StockRefused` where they are not set apart.
 */
export const restoreUnits = (database: Database, finding: Finding): Promise<void> =>
  inTransaction(database, (ledger) =>
    once(ledger, 'restored', finding, async (product) => {
      await lockQueues(ledger, [product]);
      await assertNamed(ledger, finding, await unnamedOf(ledger, finding.lot));
      await unmarkSerials(ledger, finding);
      await moveFound(ledger, 'restored', finding);
      await serveQueue(ledger, product, finding.at);
    }),
  );

/** Does what a finding asks for once by its key; the key again with another content is refused. */
async function once(ledger: Session, kind: 'quarantined' | 'restored', finding: Finding, move: (product: string) => Promise<void>): Promise<void> {
  const { key, lot, what } = finding;
  assertUnits(what.units, `finding ${key}`);
  await lockKey(ledger, `finding/${key}`);
  const [made] = await ledger.query<{ kind: string; lot: string; units: number; serials: string | null }>(
    `select kind, lot, units, serials from stock_journal where key = $1 and kind in ('quarantined', 'restored')`,
    [key],
  );
  const isSame = made?.kind === kind && made.lot === lot && made.units === what.units && made.serials === serialsIn(finding);
  if (made && !isSame)
    throw new StockRefused(
      'finding-conflict',
      `finding ${key} is known: ${made.serials ?? `${made.units} units`} of lot ${made.lot} ${made.kind}; give the new one a key of its own`,
    );
  if (made) return;
  const [found] = await ledger.query<{ product: string }>('select product from lots where id = $1', [lot]);
  if (!found) throw new StockRefused('lot-unknown', `lot ${lot} is not in the ledger; twokey stock show names those that are`);
  if ('first' in what) await assertWithin(ledger, lot, what);
  await move(found.product);
}

const partOf = ({ lot, what }: Finding): { lot: string; units: number } => ({ lot, units: what.units });
const serialsIn = ({ what }: Finding): string | null => ('first' in what ? toldRange(what) : null);

async function moveFound(ledger: Session, kind: 'quarantined' | 'restored', finding: Finding, reservation?: StockReservation): Promise<void> {
  const { key, reason, at } = finding;
  const serials = serialsIn(finding);
  const owner = reservation && { reservation: { key: reservation.key, orderId: reservation.order_id } };
  await moveUnits(ledger, { kind, key, reason, at, ...(serials !== null && { serials }), ...owner }, [partOf(finding)]);
}

async function reservedUnder(ledger: Session, key: string): Promise<StockReservation> {
  const reservation = await lockReservation(ledger, key);
  if (reservation?.state === 'reserved') return reservation;
  throw new StockRefused('reservation-unknown', `reservation ${key} is ${reservation?.state ?? 'not in the ledger'}; expected one that is reserved`);
}

/** Units of a lot in quarantine that nobody has told by number, in SQL: of a lot with serial numbers, those that customs sent back. */
export const unnamedIn = (lot: string): string =>
  `select coalesce(sum(quarantined), 0)::int from stock_movements where stock_movements.lot = ${lot} and kind in ('quarantined', 'restored') and serials is null`;

async function unnamedOf(ledger: Session, lot: string): Promise<number> {
  const [row] = await ledger.query<{ unnamed: number }>(`select (${unnamedIn('$1')}) as unnamed`, [lot]);
  return row?.unnamed ?? 0;
}

/** Where a lot has serial numbers, what was found tells them, but for so many. */
async function assertNamed(ledger: Session, { lot, what }: Finding, unnamed: number): Promise<void> {
  if ('first' in what || what.units <= unnamed) return;
  const ranges = (await serialsOf(ledger, lot)).map(toldRange);
  if (ranges.length > 0)
    throw new StockRefused(
      'serials-unknown',
      `lot ${lot} has serial numbers ${ranges.join(', ')}: say which of them${unnamed > 0 ? `; ${unnamed} that came back are told by how many` : ''}`,
    );
}

async function assertWithin(ledger: Session, lot: string, range: SerialRange): Promise<void> {
  const [within] = await ledger.query('select 1 from lot_serials where lot = $1 and span @> serial_span_of(product, $2, $3)', [lot, range.first, range.last]);
  if (within) return;
  const known = (await serialsOf(ledger, lot)).map(toldRange).join(', ') || 'not known: say how many units';
  throw new StockRefused('serials-unknown', `lot ${lot} has not ${toldRange(range)} in one range; its serial numbers are ${known}`);
}

const numbersOf = `select regexp_replace($2, '[0-9]+$', '') || lpad(number::text, length(substring($2 from '[0-9]+$')), '0') as serial
  from generate_series(substring($2 from '[0-9]+$')::bigint, substring($3 from '[0-9]+$')::bigint) as number`;

async function markSerials(ledger: Session, { lot, what }: Finding, product: string): Promise<void> {
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

async function unmarkSerials(ledger: Session, { lot, what }: Finding): Promise<void> {
  if (!('first' in what)) return;
  const unmarked = await ledger.query(`delete from quarantined_serials where lot = $1 and serial in (${numbersOf}) returning 1`, [lot, what.first, what.last]);
  if (unmarked.length !== what.units)
    throw new StockRefused(
      'serials-quarantined',
      `${what.units - unmarked.length} of ${toldRange(what)} of lot ${lot} are not in quarantine: name those that are`,
    );
}

import { type DiversionCloser, type DiversionFinding, diversionCase, type DiversionReporter } from '../domain/diversion.ts';
import { liftIn, openOrdersOf } from './board-tidings.ts';
import { type Database, inTransaction, type Session } from './database.ts';
import { holdByCase, lockDiversions } from './diversion-holds.ts';

/** A report or finding that goes against what the ledger holds; nothing was written. */
export class DiversionRefused extends Error {
  override readonly name = 'DiversionRefused';
  /** Stable, for scripts. */
  readonly code: 'order-unknown' | 'customer-differs' | 'units-more' | 'case-unknown' | 'case-closed';

  constructor(code: DiversionRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** What somebody says of goods of an order, at a moment in epoch milliseconds. */
export interface DiversionReport {
  readonly customer: string;
  readonly order: string;
  readonly units?: number;
  readonly reason: string;
  readonly evidence: string;
  readonly by: DiversionReporter;
  readonly at: number;
}

/**
 * Opens a case and puts every open order of the customer on hold, in one transaction: from then on none of them ships. The same order with the same
 * evidence is the same case, and changes nothing. Throws `DiversionRefused`: `order-unknown`, `customer-differs`, `units-more`.
 */
export const openCase = (database: Database, report: DiversionReport): Promise<{ readonly number: number; readonly isNew: boolean }> =>
  inTransaction(database, async (ledger) => {
    const { customer, order, units, reason, evidence, by, at } = report;
    await lockDiversions(ledger, customer);
    await requireOrder(ledger, report);
    const [before] = await ledger.query<{ number: number }>('select number from diversion_cases where order_id = $1 and evidence = $2', [order, evidence]);
    if (before) return { number: before.number, isNew: false };
    const [opened] = await ledger.query<{ number: number }>(
      `insert into diversion_cases (customer, order_id, units, reason, evidence, reported_by, reported_at) values ($1, $2, $3, $4, $5, $6, $7) returning number`,
      [customer, order, units ?? null, reason, evidence, by, new Date(at)],
    );
    if (!opened) throw new Error(`no case was opened for the report on order ${order}`);
    await holdByCase(ledger, { number: opened.number, order, by, reason }, await openOrdersOf(ledger, customer));
    return { number: opened.number, isNew: true };
  });

async function requireOrder(ledger: Session, { customer, order, units = 1 }: DiversionReport): Promise<void> {
  const [known] = await ledger.query<{ customer: string; units: number }>(
    `select terms->>'customer' as customer, (terms->>'units')::int as units from orders where id = $1`,
    [order],
  );
  if (!known) throw new DiversionRefused('order-unknown', `no order ${order} was submitted here. Accepted: an order of customer ${customer}`);
  if (known.customer !== customer)
    throw new DiversionRefused('customer-differs', `order ${order} is of customer ${known.customer} and not of ${customer}. Accepted: its own customer`);
  if (units > known.units)
    throw new DiversionRefused(
      'units-more',
      `order ${order} has ${known.units} units, and ${units} are said to be diverted. Accepted: at most what was ordered`,
    );
}

/** What a case was found to be, at a moment in epoch milliseconds; where the desk says so, the two people who do. */
export interface DiversionClosing {
  readonly number: number;
  readonly finding: DiversionFinding;
  readonly reason: string;
  readonly evidence: string;
  readonly by: DiversionCloser;
  readonly desk?: { readonly holder: string; readonly confirmedBy: string };
  readonly at: number;
}

/**
 * Closes a case once. Unfounded, it lifts its holds in the same transaction and no others; substantiated, they stay. The same finding by the same office
 * for the same reason and on the same evidence changes nothing. Throws `DiversionRefused`: `case-unknown`, `case-closed`.
 */
export const closeCase = (database: Database, closing: DiversionClosing): Promise<{ readonly isNew: boolean }> =>
  inTransaction(database, async (ledger) => {
    const { number, finding, reason, evidence, by, desk, at } = closing;
    const name = diversionCase(number);
    const [known] = await ledger.query<{ customer: string }>('select customer from diversion_cases where number = $1', [number]);
    if (!known) throw new DiversionRefused('case-unknown', `there is no case ${name}: twokey diversion show lists those there are`);
    await lockDiversions(ledger, known.customer);
    const [before] = await ledger.query<Pick<DiversionClosing, 'finding' | 'by' | 'reason' | 'evidence'> & Record<string, unknown>>(
      'select finding, found_by as by, reason, evidence from diversion_findings where case_number = $1',
      [number],
    );
    if (before && before.finding === finding && before.by === by && before.reason === reason && before.evidence === evidence) return { isNew: false };
    if (before)
      throw new DiversionRefused(
        'case-closed',
        `case ${name} was closed as ${before.finding} by ${before.by} on ${before.evidence}. Accepted: another report, on new evidence`,
      );
    await ledger.query(
      `insert into diversion_findings (case_number, finding, reason, evidence, found_by, holder, confirmed_by, found_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [number, finding, reason, evidence, by, desk?.holder ?? null, desk?.confirmedBy ?? null, new Date(at)],
    );
    if (finding === 'unfounded') await liftIn(ledger, name, `${name} is unfounded, says ${by}: ${reason}`);
    return { isNew: true };
  });

import { diversionCase, type DiversionFinding } from '../domain/diversion.ts';
import type { Told } from './board-tidings.ts';
import { type Database, inTransaction, type Session } from './database.ts';

/** A case as it stands; times in epoch milliseconds. */
export interface DiversionCase {
  readonly case: string;
  readonly customer: string;
  readonly order: string;
  /** How many are said to be diverted; null where that is not known. */
  readonly units: number | null;
  readonly reason: string;
  readonly evidence: string;
  readonly by: string;
  readonly at: number;
  /** What has left for the order. */
  readonly shipped: readonly { readonly units: number; readonly at: number }[];
  /** Null while the case is open. */
  readonly finding: Finding | null;
  readonly held: readonly HeldOrder[];
}

interface Finding {
  readonly finding: DiversionFinding;
  readonly reason: string;
  readonly evidence: string;
  readonly by: string;
  /** The two people of the desk, where it closed the case. */
  readonly holder: string | null;
  readonly confirmedBy: string | null;
  readonly at: number;
}

/** An open order that a case holds: nobody has lifted that. */
interface HeldOrder {
  readonly hold: string;
  readonly order: string;
  readonly product: string;
  readonly units: number;
  readonly valueMinor: number;
  readonly currency: string;
  /** Null until the order has been told. */
  readonly told: Exclude<Told, 'closed'> | null;
}

interface CaseRow extends Record<string, unknown>, Omit<DiversionCase, 'case' | 'at' | 'shipped' | 'finding' | 'held'> {
  readonly number: number;
  readonly at: Date;
}

/** All cases, those of a customer, or one, the oldest first. */
export const diversionCases = (database: Database, of: { readonly customer?: string; readonly number?: number } = {}): Promise<DiversionCase[]> =>
  inTransaction(database, async (ledger) => {
    const rows = await ledger.query<CaseRow>(
      `select number, customer, order_id as order, units, reason, evidence, reported_by as by, reported_at as at from diversion_cases
       where ($1::text is null or customer = $1) and ($2::int is null or number = $2) order by number`,
      [of.customer ?? null, of.number ?? null],
    );
    const numbers = rows.map(({ number }) => number);
    const shipments = await shipmentsFor(ledger, [...new Set(rows.map(({ order }) => order))]);
    const findings = await findingsOf(ledger, numbers);
    const held = await heldBy(ledger, numbers.map(diversionCase));
    return rows.map(({ number, at, ...row }) => ({
      ...{ case: diversionCase(number), ...row, at: at.getTime() },
      shipped: shipments.filter(({ order }) => order === row.order).map(({ units, at: left }) => ({ units, at: left.getTime() })),
      finding: findings.get(number) ?? null,
      held: held.filter(({ hold }) => hold === diversionCase(number)),
    }));
  });

const shipmentsFor = (ledger: Session, orders: readonly string[]): Promise<{ order: string; units: number; at: Date }[]> =>
  ledger.query(
    `select order_id as order, sum(units)::int as units, at from stock_journal where order_id = any($1) and kind = 'shipped' group by order_id, key, at order by at`,
    [orders],
  );

async function findingsOf(ledger: Session, numbers: readonly number[]): Promise<Map<number, Finding>> {
  const rows = await ledger.query<Omit<Finding, 'at'> & { number: number; at: Date } & Record<string, unknown>>(
    `select case_number as number, finding, reason, evidence, found_by as by, holder, confirmed_by as "confirmedBy", found_at as at
     from diversion_findings where case_number = any($1)`,
    [numbers],
  );
  return new Map(rows.map(({ number, at, ...row }) => [number, { ...row, at: at.getTime() }]));
}

const heldBy = (ledger: Session, holds: readonly string[]): Promise<HeldOrder[]> =>
  ledger.query<HeldOrder & Record<string, unknown>>(
    `select hold, order_id as order, terms->>'product' as product, (terms->>'units')::int as units,
       (terms->>'units')::bigint * (terms->>'unitPriceMinor')::bigint as "valueMinor", terms->>'currency' as currency, nullif(told, 'untold') as told
     from standing_holds join orders on orders.id = order_id where hold = any($1) and told is distinct from 'closed' order by epoch`,
    [holds],
  );

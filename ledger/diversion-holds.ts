import { diversionCase } from '../domain/diversion.ts';
import { holdIn, type ToldChange } from './board-tidings.ts';
import { lockKey, type Session } from './database.ts';

/** As much of a case as its holds say. */
export interface HoldingCase {
  readonly number: number;
  readonly order: string;
  readonly by: string;
  readonly reason: string;
}

/** Whoever opens or closes a case of a customer, or submits an order of theirs, waits for whoever does so already. */
export const lockDiversions = (ledger: Session, customer: string): Promise<unknown> => lockKey(ledger, `diversion/${customer}`);

/** Holds orders by a case. */
export const holdByCase = (ledger: Session, { number, order, by, reason }: HoldingCase, orders: readonly string[]): Promise<ToldChange[]> =>
  holdIn(ledger, orders, { id: diversionCase(number), reason: `diversion of order ${order}, reported by ${by}: ${reason}` });

/** The cases of these customers that are open or substantiated, each with whose it is: they hold what the customer submits, too. */
export async function standingCases(ledger: Session, customers: readonly string[]): Promise<(HoldingCase & { readonly customer: string })[]> {
  return await ledger.query<HoldingCase & { customer: string } & Record<string, unknown>>(
    `select number, customer, order_id as order, reported_by as by, reason from diversion_cases
     where customer = any($1) and not exists (select from diversion_findings where case_number = number and finding = 'unfounded') order by number`,
    [customers],
  );
}

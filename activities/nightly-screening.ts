import { ApplicationFailure } from '@temporalio/activity';
import type { PolicyChange } from '../domain/policy-change.ts';
import type { StepResults } from '../domain/steps.ts';
import { faultsOfResult } from '../edge/step-results.ts';
import { type Night, nightAfter, type NightlyAt } from '../edge/night.ts';
import { keepTold, type Told, untoldChanges } from '../ledger/board-tidings.ts';
import type { Database } from '../ledger/database.ts';
import { beginRun, customersToLookAt, finishRun, type OrderMatched, ordersMatched, recordLook } from '../ledger/screening.ts';
import type { ScreeningPort } from './ports.ts';

/** What of open orders only the engine knows. */
export interface ScreenedOrders {
  /** The matches of an order's customer that wait for its own `clear-hit` or were cleared by one; `closed` where the order is. */
  answered(order: string): Promise<readonly string[] | 'closed'>;
  tell(order: string, change: PolicyChange): Promise<Told>;
}

/** What nightly screening touches. */
interface ScreeningParts {
  readonly database: Database;
  readonly lists: Pick<ScreeningPort, 'lookUp'>;
  readonly orders: ScreenedOrders;
  readonly nightlyAt: NightlyAt;
  /** Tells the engine after each customer and order that work goes on. */
  readonly heartbeat: (details: string) => void;
}

/** How far a run has come by one call: how many customers were looked at, and whether some are left. */
export interface Looked {
  readonly customers: number;
  readonly isDone: boolean;
}

/** The activities of nightly screening. `run` names what is repeated: what a run has done it does not do again. Times are epoch milliseconds. */
export interface ScreeningActivities {
  'find-night'(request: { readonly after: number }): Promise<Night>;
  'screen-customers'(request: { readonly run: string; readonly at: number }): Promise<Looked>;
}

/** So many customers are looked at in one call, which keeps history short and a retry small. */
const atOnce = 50;

/**
 * Looks at the customers of open orders again. What is found is in the ledger before the next customer is looked at, so a call that is
 * made again, by whichever worker, goes on where the one before was.
 */
export const createScreeningActivities = (parts: ScreeningParts): ScreeningActivities => ({
  'find-night': ({ after }) => Promise.resolve(nightAfter(parts.nightlyAt, after)),
  async 'screen-customers'({ run, at }) {
    const { database, heartbeat } = parts;
    await beginRun(database, run, at);
    await tellAll(parts);
    const customers = await customersToLookAt(database, run, atOnce);
    const failures: unknown[] = [];
    for (const customer of customers) {
      heartbeat(customer);
      const answer = await answerOn(parts, customer, at).catch((error: unknown) => void failures.push(error));
      if (answer && (await isHeldNow(parts, { run, customer, at }, answer))) await tellAll(parts);
    }
    const looked = customers.length - failures.length;
    // Whom the lists do not answer for is asked about again with the next: this call fails where nobody else is left.
    if (failures.length > 0 && looked === 0) throw failures[0];
    const isDone = customers.length < atOnce && failures.length === 0;
    if (isDone) await finishRun(database, run, at);
    return { customers: looked, isDone };
  },
});

type Answer = StepResults['rescreen-parties'];

/** What the lists say of a customer. Throws where they do not answer, or not in their form. */
async function answerOn({ lists }: ScreeningParts, customer: string, at: number): Promise<Answer> {
  const answer = await lists.lookUp({ customer, at });
  const faults = faultsOfResult('rescreen-parties', answer);
  if (faults.length > 0)
    throw ApplicationFailure.retryable(`screening of ${customer}: the answer is not of its form: ${faults.join('; ')}`, 'unreadable-answer');
  return answer;
}

/** Records what was found of a customer and holds the orders for which a match is new. Answers whether there were any. */
async function isHeldNow(
  parts: ScreeningParts,
  asked: { readonly run: string; readonly customer: string; readonly at: number },
  answer: Answer,
): Promise<boolean> {
  const matches = answer.outcome === 'hit' ? [...new Set(answer.matches.map(readable))] : [];
  const toHold = await unanswered(parts, asked.customer, matches);
  return await recordLook(parts.database, { ...asked, matches, listVersion: readable(answer.listVersion), toHold });
}

/** Lists write names as they please; the ledger and orders take no text with characters that nobody can read. */
const readable = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');

async function unanswered({ database, orders, heartbeat }: ScreeningParts, customer: string, matches: readonly string[]): Promise<OrderMatched[]> {
  const found: OrderMatched[] = [];
  for (const one of matches.length === 0 ? [] : await ordersMatched(database, customer, matches)) {
    heartbeat(`${customer}, order ${one.order}`);
    const answered = await orders.answered(one.order);
    if (answered === 'closed') continue;
    const known = new Set(answered.map(readable));
    const left = one.matches.filter((match) => !known.has(match));
    if (left.length > 0) found.push({ order: one.order, matches: left });
  }
  return found;
}

async function tellAll({ database, orders, heartbeat }: ScreeningParts): Promise<void> {
  for (const one of await untoldChanges(database)) {
    heartbeat(`order ${one.order} is told`);
    await keepTold(database, one, await orders.tell(one.order, one.change));
  }
}

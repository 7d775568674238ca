import { placeOf, type Waiting } from '../domain/rules/priority.ts';
import { type Database, inTransaction, query, sqlStateOf } from './database.ts';
import type { LotUnits } from '../domain/lots.ts';
import type { ReserveAnswer } from './stock-queue.ts';
import { queueRulesOf, serveQueue, type WaitingUnits } from './waitlist.ts';

/** Somebody else is quicker only now and then; after so many times in a row the ledger locks first, and asks then. */
const attempts = 4;

type Asked =
  | { readonly outcome: 'reserved'; readonly lots: readonly LotUnits[] }
  | { readonly outcome: 'short'; readonly free: number; readonly waiting: readonly Waiting[] };
type Given = { readonly outcome: 'released'; readonly units: number } | { readonly outcome: 'turns'; readonly units: number; readonly product: string };

/**
 * Reserves for an order without caps in one statement of migration 018, or puts it on the list of those who wait, so that neither the lot nor the queue is
 * locked while the ledger waits for its client: the common cases, of which the migration tells which they are. Undefined in any other; then nothing has happened.
 */
export async function reserveAtOnce(database: Database, wanted: WaitingUnits): Promise<ReserveAnswer | undefined> {
  const { key, orderId, product, units, reviewBy, customerClass, at } = wanted;
  const answer = await unlessRaced<Asked>(database, 'reserve_at_once($1, $2, $3, $4, $5, $6, $7)', [
    ...[key, orderId, product, units, reviewBy ?? null, customerClass, new Date(at)],
  ]);
  if (answer?.outcome !== 'short') return answer;
  const { free, waiting } = answer;
  const rules = await queueRulesOf({ query: (text, values) => query(database, text, values) }, product);
  return { outcome: 'short', free, place: placeOf(waiting, orderId, rules, at), waiting: waiting.length };
}

/** Gives back what is reserved of one lot, serves the queue with it, and answers how many units; undefined in any case that is not common. */
export async function giveBackAtOnce(database: Database, { reservationKey, orderId, at }: GivenBack): Promise<number | undefined> {
  const values = [reservationKey, orderId, new Date(at)];
  const answer = await unlessRaced<Given>(database, 'give_back_at_once($1, $2, $3, false)', values);
  if (answer?.outcome !== 'turns') return answer?.units;
  return await inTransaction(database, async (ledger) => {
    const [row] = await ledger.query<{ answer: Given | null }>('select give_back_at_once($1, $2, $3, true) as answer', values);
    if (row?.answer?.outcome === 'turns') await serveQueue(ledger, row.answer.product, at);
    return row?.answer?.units;
  });
}

interface GivenBack {
  readonly reservationKey: string;
  readonly orderId: string;
  readonly at: number;
}

/** What a function of migration 018 answers, asked again where somebody else was quicker; undefined where it leaves the case to others. */
async function unlessRaced<A>(database: Database, call: string, values: readonly unknown[]): Promise<A | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const row = await asked<A>(database, call, values);
    if (!row?.raced) return row?.answer ?? undefined;
  }
  return undefined;
}

/** The state by which migration 018 says that somebody else was quicker, where it had written something by then. */
const raced = 'TW001';

async function asked<A>(database: Database, call: string, values: readonly unknown[]): Promise<{ answer: A | null; raced: boolean | null } | undefined> {
  const text = `select answer, answer->>'outcome' = 'raced' as raced from ${call} as answer`;
  try {
    const [row] = await query<{ answer: A | null; raced: boolean | null }>(database, text, values, call);
    return row;
  } catch (error) {
    if (sqlStateOf(error) === raced) return { answer: null, raced: true };
    throw error;
  }
}

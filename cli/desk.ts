import type { Engine } from '../engine/connect.ts';
import { EngineError } from '../engine/errors.ts';
import { findHome, isEngineNamed, readRun } from '../engine/home.ts';
import type { Database } from '../ledger/database.ts';
import { code } from '../edge/order-file.ts';
import { usage } from './failure.ts';

/** Runs `work` with a connected engine and closes it, whatever happens. */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const { connectEngine } = await import('../engine/connect.ts');
  const engine = await connectEngine();
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Runs `work` with the ledger: `DATABASE_URL`, else that of the running `twokey start`. */
export async function withLedger<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const url = process.env['DATABASE_URL'] ?? (isEngineNamed() ? undefined : readRun(findHome())?.database);
  if (!url) throw new EngineError('ledger-unreachable', 'no ledger is known here: run `npm start` in this folder first, or set DATABASE_URL');
  const { openDatabase } = await import('../ledger/database.ts');
  const database = openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

const orderIdSchema = code('an order id');

/** An order id as it stands on a command line; a faulty one is a usage error and is not echoed whole. */
export function orderIdOf(text: string): string {
  const read = orderIdSchema.safeParse(text);
  if (read.success) return read.data;
  throw usage(`order id ${text.slice(0, 40)}${text.length > 40 ? '...' : ''}: ${read.error.issues[0]?.message ?? 'not of its form'}`, 'order-id-invalid');
}

const customerSchema = code('a customer code');

/** A customer's code as it stands on a command line. */
export function customerCodeOf(text: string): string {
  const read = customerSchema.safeParse(text);
  if (read.success) return read.data;
  throw usage(`customer ${text.slice(0, 40)}: ${read.error.issues[0]?.message ?? 'not of its form'}`, 'customer-invalid');
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase, query } from '../ledger/database.ts';
import { claimOrders } from '../ledger/orders.ts';
import { receiveLot } from '../ledger/stock-receipt.ts';
import { createDatabase, findPostgres, LocalPostgres } from '../tests/support/local-postgres.ts';
import { dayZero as at, policy, terms } from '../tests/support/orders.ts';
import { compareBooks } from './ledger-books.ts';
import { orderOf, ordersEach, product, stock, writers as count } from './ledger-plan.ts';
import { Writers } from './ledger-writers.ts';
import { median } from './median.ts';

/**
 * How fast a ledger on PostgreSQL reserves and gives back units of one product that everybody wants, beside what the same server makes of the
 * bare update of one row, in turn, so that whatever else the machine does falls on both. All the while one writer after the other is killed.
 * On the server at DATABASE_URL, in a database of its own, else on a PostgreSQL that is installed here. Fails where the books are not right.
 */
const asked = Number(process.argv.at(-1));
/** Reservations and releases in all; a number as the last argument makes them fewer. */
const goal = asked > 0 ? asked : 200_000;
const [roundMs, killEveryMs] = goal < 20_000 ? [1_000, 500] : [4_000, 2_000];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const progress = (line: string): void => void process.stderr.write(`${line}\n`);

async function server(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const folder = findPostgres();
  if (folder === undefined) throw new Error('no PostgreSQL 15 or newer is found: install one, or name one by DATABASE_URL');
  const local = await LocalPostgres.start(folder);
  return { url: local.url(), stop: () => local.stop() };
}

const postgres = await server();
const folder = mkdtempSync(join(tmpdir(), 'twokey-bench-ledger-'));
const url = await createDatabase(postgres.url);
await migrate(url);
const database = openDatabase(url);
await query(database, 'create table raw_units (id text primary key, free integer not null check (free >= 0))');
await query(database, 'insert into raw_units values ($1, 2000000000)', [product]);
await receiveLot(database, { id: 'L1', product, units: stock }, at);
const orders = Array.from({ length: count * ordersEach }, (_, index) => {
  const writer = Math.floor(index / ordersEach);
  return terms({ id: orderOf(writer, index), customer: `customer-${writer}` });
});
await claimOrders(
  database,
  orders.map((one) => ({ terms: one, policy: policy().id })),
  at,
);

const writers = await Writers.start(count, url, folder);
writers.killEvery(killEveryMs);
const done = (what: RegExp): number =>
  writers
    .diaries()
    .flat()
    .filter((line) => what.test(line)).length;
const rates: { readonly raw: number; readonly reserved: number }[] = [];
for (let all = 0; all < goal;) {
  const before = done(/^raw/);
  const rawMs = await writers.work('raw', roundMs);
  const raw = Math.round(((done(/^raw/) - before) * 1_000) / rawMs);
  const reserveMs = await writers.work('reserve', roundMs);
  const now = done(/^re/);
  const reserved = Math.round(((now - all) * 1_000) / reserveMs);
  all = now;
  rates.push({ raw, reserved });
  progress(`round ${rates.length}: ${raw} raw updates a second, ${reserved} reservations and releases; ${all} of ${goal}, ${writers.kills} writers killed`);
}
await writers.stop();
const found = await compareBooks(database, writers.diaries());
await database.end();
await postgres.stop();
rmSync(folder, { recursive: true });

const rowRatio = Math.round(median(rates.map(({ raw, reserved }) => reserved / raw)) * 100) / 100;
say(
  `${median(rates.map(({ raw }) => raw))} raw updates of one row a second, ${median(rates.map(({ reserved }) => reserved))} reservations and releases of one lot`,
);
say(JSON.stringify({ bench: 'ledger', rowRatio, bucketRatio: null, ...found, kills: writers.kills }));
if (found.oversold + found.lost + found.double > 0) process.exitCode = 1;

import { once } from 'node:events';
import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, inTransaction, migrate, openDatabase, query } from '../../ledger/database.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { releaseUnits } from '../../ledger/stock.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { createDatabase, findPostgres, LocalPostgres } from '../support/local-postgres.ts';
import { holdingsOf } from './with-ledger.ts';

const at = Date.UTC(2025, 11, 22);
const patience = 120_000;
let server: LocalPostgres;
beforeAll(async () => {
  const folder = findPostgres();
  if (folder === undefined) throw new Error('no PostgreSQL 15 or newer is found: vitest.config.ts leaves these tests out then');
  server = await LocalPostgres.start(folder);
}, patience);
afterAll(() => server.stop(), patience);

/** Four clients that reserve, and give every other reservation back, until told to end or something breaks; with what they were told was done. */
function busy(database: Database, name: string) {
  const [reserved, released, errors]: [string[], string[], unknown[]] = [[], [], []];
  let isEnded = false;
  const client = async (number: number): Promise<void> => {
    for (let turn = 0; !isEnded; turn += 1) {
      const key = `${name}-${number}/${turn}`;
      await reserveUnits(database, { customerClass: 'core', key, orderId: `A-${number}`, product: name, units: 1, at });
      reserved.push(key);
      if (turn % 2 === 1) continue;
      await releaseUnits(database, { orderId: `A-${number}`, reservationKey: key, at });
      released.push(key);
    }
  };
  const clients = Array.from({ length: 4 }, (_, number) => client(number).catch((error: unknown) => errors.push(error)));
  return { reserved, released, errors, end: () => void (isEnded = true), ended: Promise.all(clients) };
}

/** Everything that was acknowledged stands, the books add up, and what each lot has is what reservations hold of it. */
async function expectNothingLost(database: Database, product: string, told: { readonly reserved: readonly string[]; readonly released: readonly string[] }) {
  const rows = await query<{ key: string; state: string }>(database, 'select key, state from reservations');
  const states = new Map(rows.map(({ key, state }) => [key, state]));
  expect(told.reserved.filter((key) => !states.has(key))).toEqual([]);
  expect(told.released.filter((key) => states.get(key) !== 'released')).toEqual([]);
  expect((await holdingsOf(database, product)).reserved).toBe(rows.filter(({ key, state }) => key.startsWith(`${product}-`) && state === 'reserved').length);
  expect(await auditStock(database)).toBeUndefined();
}

describe('a PostgreSQL that is killed under load', () => {
  it.each([
    ['whole', () => server.kill()],
    ['in one of its processes', () => server.killBackend()],
  ])(
    '%s loses nothing that was acknowledged, and the audit is clean when it is back',
    async (how, kill) => {
      const url = await createDatabase(server.url());
      await migrate(url);
      const database = openDatabase(url);
      await receiveLot(database, { id: 'L1', product: 'hot', units: 100_000 }, at);
      const work = busy(database, 'hot');
      await expect.poll(() => work.released.length, { timeout: 60_000 }).toBeGreaterThan(50);
      kill();
      // Of one process alone PostgreSQL starts anew by itself, and a client that asked nothing meanwhile notices nothing.
      await expect.poll(() => work.errors.length, { timeout: 60_000, message: how }).toBeGreaterThan(0);
      work.end();
      await work.ended;
      await server.restart();

      await expectNothingLost(database, 'hot', work);
      const { outcome } = await reserveUnits(database, { customerClass: 'core', key: 'after', orderId: 'A-1', product: 'hot', units: 1, at });
      expect(outcome).toBe('reserved');
      await database.end();
    },
    patience,
  );
});

describe('migrations', () => {
  const main = fileURLToPath(new URL('../support/migrate-main.ts', import.meta.url));
  const migration = (url: string) => fork(main, [url], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const applied = async (url: string): Promise<number> => {
    const database = openDatabase(url);
    const [{ count } = { count: -1 }] = await query<{ count: number }>(database, 'select count(*) as count from ledger_migrations');
    await database.end();
    return count;
  };

  it(
    'that three processes run at once are each applied once',
    async () => {
      const url = await createDatabase(server.url());
      const children = [migration(url), migration(url), migration(url)];
      const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown));
      expect(codes).toEqual([0, 0, 0]);
      const alone = await createDatabase(server.url());
      await migrate(alone);
      expect(await applied(url)).toBe(await applied(alone));
    },
    patience,
  );

  it(
    'of which the process is killed half-way are finished by the next',
    async () => {
      const url = await createDatabase(server.url());
      const holder = openDatabase(url);
      // The first migration makes this table: whoever runs it waits for us, half done.
      const child = await inTransaction(holder, async (session) => {
        await session.query('create table orders (id text)');
        const started = migration(url);
        await expect.poll(() => waiting(holder), { timeout: 60_000 }).toBeGreaterThan(0);
        started.kill('SIGKILL');
        await once(started, 'exit');
        await session.query('drop table orders');
        return started;
      });
      expect(child.signalCode).toBe('SIGKILL');
      await migrate(url);
      await receiveLot(holder, { id: 'L1', product: 'H200', units: 1 }, at);
      expect(await auditStock(holder)).toBeUndefined();
      await holder.end();
    },
    patience,
  );
});

/** How many processes of the server wait for another's transaction. */
async function waiting(database: Database): Promise<number> {
  await wait(20);
  const [{ count } = { count: -1 }] = await query<{ count: number }>(
    database,
    `select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return count;
}

import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Database, inTransaction, migrate, openDatabase, query } from '../../ledger/database.ts';
import { type EmbeddedLedger, startEmbeddedLedger } from '../../ledger/embedded.ts';
import { recordChange } from '../../ledger/policy-board.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { holdingsOf } from './with-ledger.ts';

const at = Date.UTC(2025, 11, 22);
const root = mkdtempSync(join(tmpdir(), 'twokey-durability-'));
const options = { folder: join(root, 'ledger'), log: join(root, 'ledger.log') };
const started: EmbeddedLedger[] = [];
afterAll(async () => {
  for (const ledger of started) await ledger.stop();
  rmSync(root, { recursive: true, force: true });
}, 60_000);

async function open(): Promise<{ ledger: EmbeddedLedger; database: Database }> {
  const ledger = await startEmbeddedLedger(options);
  started.push(ledger);
  await migrate(ledger.url);
  const database = openDatabase(ledger.url);
  // Without this the break of a connection in use ends the process: see the last test of this file.
  database.on('connect', (client) => client.on('error', () => undefined));
  return { ledger, database };
}

it('kill -9 of the ledger amid work loses nothing that was acknowledged and keeps nothing half done', async () => {
  const { ledger, database } = await open();
  await receiveLot(database, { id: 'L1', product: 'H200', units: 1_000 }, at);
  const acknowledged: string[] = [];
  const working = (async () => {
    for (let n = 0; ; n += 1) {
      const key = `A-${n}/reserve-stock/0`;
      await reserveUnits(database, { customerClass: 'core', key, orderId: `A-${n}`, product: 'H200', units: 1, at });
      acknowledged.push(key);
      const { epoch } = await recordChange(database, { orderId: `A-${n}`, id: 'P-7', effect: 'hold', reason: 'review' });
      acknowledged.push(`epoch ${epoch}`);
    }
  })();
  const broken = working.then(
    () => 'the work never ends by itself',
    (error: unknown) => error,
  );
  await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(40);

  ledger.child.kill('SIGKILL');
  await once(ledger.child, 'exit');
  expect(await broken).toBeInstanceOf(Error);
  await database.end();

  const again = await open();
  const reservations = await query<{ key: string }>(again.database, 'select key from reservations');
  const changes = await query<{ epoch: number }>(again.database, 'select epoch from policy_changes');
  const kept = new Set([...reservations.map((row) => row.key), ...changes.map((row) => `epoch ${row.epoch}`)]);
  expect(acknowledged.filter((one) => !kept.has(one))).toEqual([]);
  const { free, reserved } = await holdingsOf(again.database, 'H200');
  expect({ free, reserved }).toEqual({ free: 1_000 - reservations.length, reserved: reservations.length });
  await again.database.end();
  await again.ledger.stop();
}, 120_000);

it('a transaction that was not committed is gone after kill -9', async () => {
  const { ledger, database } = await open();
  const [{ count: before } = { count: -1 }] = await query<{ count: number }>(database, 'select count(*) as count from lots');
  const halfDone = inTransaction(database, async (session) => {
    await session.query(`insert into lots (id, product, received, free) values ('half', 'H200', 5, 5)`);
    ledger.child.kill('SIGKILL');
    await once(ledger.child, 'exit');
    await session.query('select 1');
  });
  await expect(halfDone).rejects.toBeInstanceOf(Error);
  await database.end();

  const again = await open();
  expect(await query(again.database, `select id from lots where id = 'half'`)).toEqual([]);
  expect(await query(again.database, 'select count(*) as count from lots')).toEqual([{ count: before }]);
  await again.database.end();
  await again.ledger.stop();
}, 120_000);

it('a ledger that is open already is not opened a second time, and says in which process it is', async () => {
  const { ledger, database } = await open();
  await expect(startEmbeddedLedger(options)).rejects.toThrow(`the embedded ledger did not open: see ${options.log}`);
  expect(readFileSync(options.log, 'utf8')).toContain(`the ledger in ${options.folder} is open in process ${ledger.child.pid}: end that one first`);
  expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }]);
  await database.end();
  await ledger.stop();
}, 60_000);

it('a ledger that cannot open says where to read why', async () => {
  await expect(startEmbeddedLedger({ folder: '/dev/null/ledger', log: options.log })).rejects.toThrow(options.log);
}, 60_000);

// Defect in ledger/database.ts inTransaction: the pool hears only idle connections. `pg` emits `error` on a connection in use that
// breaks, nobody listens, and Node ends the whole process: a restart of the ledger takes the worker with it.
it('a connection in use has somebody who hears that it broke', async () => {
  const { ledger } = await open();
  const database = openDatabase(ledger.url);
  const clients: { listenerCount(event: string): number }[] = [];
  database.on('acquire', (client) => clients.push(client));
  const listening = await inTransaction(database, () => Promise.resolve(clients.map((client) => client.listenerCount('error'))));
  await database.end();
  await ledger.stop();
  expect(listening).toHaveLength(1);
  expect(listening[0]).toBeGreaterThan(0);
}, 60_000);

import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, openDatabase, query } from '../../ledger/database.ts';
import { auditStock } from '../../ledger/stock-audit.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { reserveUnits } from '../../ledger/stock-queue.ts';
import { createDatabase, findPostgres, LocalPostgres } from '../support/local-postgres.ts';
import { holdingsOf } from './with-ledger.ts';

const at = Date.UTC(2025, 11, 22);
const patience = 120_000;
/** A disk of its own, small enough to fill, takes root. */
const canMount = process.getuid?.() === 0 && process.platform === 'linux' && mounts();
let server: LocalPostgres | undefined;

function mounts(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  const folder = findPostgres();
  if (canMount && folder !== undefined) server = await LocalPostgres.start(folder, { diskMegabytes: 96 });
}, patience);
afterAll(() => server?.stop(), patience);

it.skipIf(!canMount)(
  'a full disk refuses reservations within bounds, and when there is room again nothing is lost and the audit is clean',
  async () => {
    if (!server) throw new Error('no PostgreSQL 15 or newer is found: vitest.config.ts leaves these tests out then');
    const url = await createDatabase(server.url());
    await migrate(url);
    const database = openDatabase(url);
    await receiveLot(database, { id: 'L1', product: 'hot', units: 100_000 }, at);
    const reserve = (key: string) => reserveUnits(database, { customerClass: 'core', key, orderId: 'A-1', product: 'hot', units: 1, at });
    const told: string[] = [];
    const began = Date.now();
    server.fillDisk();
    const refused = await (async () => {
      for (let turn = 0; turn < 20_000; turn += 1) {
        await reserve(`k/${turn}`);
        told.push(`k/${turn}`);
      }
      return undefined;
    })().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(server.said()).toContain('No space left on device');
    expect(Date.now() - began).toBeLessThan(60_000);

    server.emptyDisk();
    await server.restart();
    const rows = await query<{ key: string }>(database, `select key from reservations where state = 'reserved'`);
    const kept = new Set(rows.map(({ key }) => key));
    expect(told.filter((key) => !kept.has(key))).toEqual([]);
    expect(await auditStock(database)).toBeUndefined();
    expect((await holdingsOf(database, 'hot')).reserved).toBe(rows.length);
    expect(await reserve('after')).toMatchObject({ outcome: 'reserved' });
    await database.end();
  },
  patience,
);

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { writeRun } from '../../engine/home.ts';
import { Cli, expectSentence, silentServer } from '../support/cli.ts';

/** Long enough to look for the Temporal CLI in every way there is. */
const patienceMs = 60_000;

const run = () => ({ pid: process.pid, address: inject('address'), namespace: 'default', ui: null, taskQueue: 'orders', database: inject('databaseUrl') });

describe('twokey start', () => {
  let cli: Cli;
  beforeAll(() => {
    cli = new Cli();
    writeRun(cli.home, run());
  });

  // A port that is taken for one after all ends at the twokey that runs already, so that the test leaves no server behind.
  it.each(['abc', '', ' ', '0', '-1', '1.5', '64536', '99999', '1e4', '0x1F90', 'NaN'])('knows no port %j, and opens nothing', async (port) => {
    const ran = await cli.run('start', `--port=${port}`);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('accepted are 1 to 64535');
    expectSentence(ran.stderr);
    expect(readdirSync(cli.home)).toEqual(['run.json']);
  });

  it('takes no port that another program has: exit code 4, and nothing is left running', async () => {
    const other = await silentServer();
    const alone = new Cli();
    try {
      const ran = await alone.spawned(['start', '--no-story', '--once', '--port', String(other.port)], patienceMs);
      expect(ran.exitCode).toBe(4);
      expect(ran.stderr).toContain(`port ${other.port} on 127.0.0.1 is taken by another program: stop it, or name another with --port`);
      expectSentence(ran.stderr);
      expect(existsSync(join(alone.home, 'run.json'))).toBe(false);
    } finally {
      other.close();
    }
  });

  it('opens no ledger of its own where DATABASE_URL names one: the worker and the commands take that, too', async () => {
    const given = new Cli({ TEMPORAL_ADDRESS: inject('address'), TWOKEY_TASK_QUEUE: 'given-ledger', DATABASE_URL: inject('databaseUrl') });
    const ran = await given.spawned(['start', '--no-story', '--once'], patienceMs);
    expect(ran).toMatchObject({ exitCode: 0 });
    expect(ran.stdout).toContain('ledger  PostgreSQL at DATABASE_URL');
    expect(readdirSync(given.home).filter((name) => name.startsWith('ledger'))).toEqual([]);
    expect(await given.json('customer', 'list')).toBeDefined();
  });

  it('starts nothing beside a twokey that runs for the same folder', async () => {
    const ran = await cli.run('start', '--no-story', '--once');
    expect(ran).toMatchObject({ exitCode: 4, stdout: '' });
    expect(ran.stderr).toContain(`twokey runs already for ${cli.home} (process ${process.pid})`);
    expectSentence(ran.stderr);
    expect(readdirSync(cli.home)).toEqual(['run.json']);
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLastRun, readRun } from '../../engine/home.ts';

const bin = fileURLToPath(new URL('../../bin/twokey.js', import.meta.url));

/** Runs `twokey start` for one home; answers its exit code and what it said. `ready` is called once it waits for people. */
function start(home: string, options: readonly string[], ready: (signal: (name: NodeJS.Signals) => void) => void = () => undefined) {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TEMPORAL_|TWOKEY_|DATABASE_URL$)/.test(name)));
  const child = spawn(process.execPath, [bin, 'start', ...options], { env: { ...environment, TWOKEY_HOME: home } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
      if (data.toString().includes('Ctrl-C')) ready((name) => void child.kill(name));
    });
  return new Promise<{ code: number | null; said: string }>((ended) => child.once('close', (code) => ended({ code, said })));
}

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('twokey start', () => {
  it('tells the story once; the next start finds its orders, tells nothing twice, and ends cleanly on Ctrl-C', async () => {
    const home = mkdtempSync(join(tmpdir(), 'twokey-start-'));
    const first = await start(home, ['--once']);
    expect(first.said).toMatch(/^A-1001 {2}delivered +6,000 x H200 {2}USD 45,000,000\.00$/m);
    expect(first.said).toMatch(/^B-1002 {2}denied-by-china/m);
    expect(first.said).toMatch(/^F-1006 {2}denied-by-us/m);
    expect(first.said).not.toMatch(/not as expected|INFO/);
    expect(first.code).toBe(0);

    const second = await start(home, [], (signal) => {
      expect(readRun(home)).toMatchObject({ namespace: 'default' });
      signal('SIGINT');
    });
    expect(second.said).toMatch(/^A-1001 {2}delivered/m);
    expect(second.said).not.toMatch(/not as expected/);
    expect(second.said.match(/A-1001 {2}order submitted/g)).toHaveLength(1);
    expect(second.code).toBe(0);
    expect(readRun(home)).toBeUndefined();
    expect(readFileSync(join(home, 'worker.log'), 'utf8')).toContain('"STOPPED"');
  }, 300_000);

  it('ends the server that a killed start has left before it opens another on the same database', async () => {
    const home = mkdtempSync(join(tmpdir(), 'twokey-start-'));
    await start(home, ['--no-story'], (signal) => signal('SIGKILL'));
    const left = readLastRun(home)?.enginePid;
    expect(isAlive(left)).toBe(true);
    const next = await start(home, ['--no-story'], (signal) => {
      expect(isAlive(left)).toBe(false);
      signal('SIGINT');
    });
    expect(next.code).toBe(0);
  }, 120_000);
});

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../engine/home.ts';

const bin = fileURLToPath(new URL('../../bin/twokey.js', import.meta.url));

/** Runs `twokey start` for one home; answers its exit code and what it said. `when` may send a signal on a line. */
function start(home: string, options: readonly string[], when: (line: string, signal: (name: NodeJS.Signals) => void) => void = () => undefined) {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_') && name !== 'DATABASE_URL'));
  const child = spawn(process.execPath, [bin, 'start', ...options], { env: { ...environment, TWOKEY_HOME: home } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      said += data.toString();
      when(data.toString(), (name) => void child.kill(name));
    });
  return new Promise<{ code: number | null; said: string }>((ended) => child.once('close', (code) => ended({ code, said })));
}

describe('twokey start', () => {
  it('tells the story once, and a second start finds its orders, tells nothing twice and ends cleanly on Ctrl-C', async () => {
    const home = mkdtempSync(join(tmpdir(), 'twokey-start-'));
    const first = await start(home, ['--once']);
    expect(first.said).toMatch(/A-1001 {2}delivered {2}6,000 x H200 {2}levy USD 45,000,000\.00/);
    expect(first.said).toMatch(/B-1002 {2}denied-by-china/);
    expect(first.said).toMatch(/F-1006 {2}denied-by-us/);
    expect(first.code).toBe(0);

    const second = await start(home, [], (line, signal) => {
      if (!line.includes('Ctrl-C')) return;
      expect(readRun(home)).toMatchObject({ namespace: 'default' });
      signal('SIGINT');
    });
    expect(second.said).toMatch(/A-1001 {2}delivered/);
    expect(second.said).not.toMatch(/us\.commerce: register/);
    expect(second.code).toBe(0);
    expect(readRun(home)).toBeUndefined();
    expect(readFileSync(join(home, 'worker.log'), 'utf8')).toContain('"STOPPED"');
  }, 300_000);
});

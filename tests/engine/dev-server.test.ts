import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDevServer } from '../../engine/dev-server.ts';
import { locateTemporal } from '../../engine/locate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twokey-dev-server-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A server that ends the first `failures` times, as one does that finds a port taken since it was chosen. */
async function failingServer(failures: number): Promise<string> {
  const binary = join(folder, 'temporal');
  const starts = join(folder, 'starts');
  writeFileSync(
    binary,
    `#!/bin/sh\necho start >> '${starts}'\nif [ "$(wc -l < '${starts}')" -le ${failures} ]; then exit 1; fi\nexec '${await locateTemporal(() => undefined)}' "$@"\n`,
  );
  chmodSync(binary, 0o755);
  return binary;
}

const starts = (): number => readFileSync(join(folder, 'starts'), 'utf8').trimEnd().split('\n').length;

describe('a Temporal server of our own', () => {
  it('is started again on other ports when it ends before it answers', async () => {
    const server = await startDevServer(await failingServer(1), { log: join(folder, 'engine.log') });
    await server.stop();
    expect(starts()).toBe(2);
  });

  it('is given up after the third time, with the place of its log', async () => {
    const log = join(folder, 'engine.log');
    await expect(startDevServer(await failingServer(9), { log })).rejects.toThrow(`the Temporal server ended with code 1 before it answered: see ${log}`);
    expect(starts()).toBe(3);
  });
});

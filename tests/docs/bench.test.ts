import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('npm run bench:core tells the story of the article to the ends that it expects', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/typescript.js', 'bench/core.ts', '0.05'], { cwd: root });
  const told: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(told).toEqual({ bench: 'core', lifetimesPerSec: expect.any(Number), byWallClock: expect.any(Number) });
  expect(told).not.toMatchObject({ lifetimesPerSec: 0 });
});

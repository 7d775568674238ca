import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const said = z.strictObject({
  bench: z.literal('ledger'),
  rowRatio: z.number().positive(),
  bucketRatio: z.null(),
  oversold: z.number(),
  lost: z.number(),
  double: z.number(),
  kills: z.number(),
});

it('npm run bench:ledger: sixteen writers of one lot, of whom one after the other is killed, neither oversell nor lose nor double anything', async () => {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL'));
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/typescript.js', 'bench/ledger.ts', '400'], { cwd: root, env: environment });
  const found = said.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(found).toMatchObject({ oversold: 0, lost: 0, double: 0 });
  expect(found.kills).toBeGreaterThan(0);
}, 240_000);

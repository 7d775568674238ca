import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { quietRuntime } from '../engine/replay.ts';
import { measureShare } from './signature-share.ts';
import { measureChecks } from './signature-checks.ts';

/** What signatures cost: one check, cold and warm, in the workflow sandbox and in Node; a long record; and an order's worker. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const recordSays = z.object({ record100kMs: z.number() });

async function measureRecord(): Promise<number> {
  const bench = fileURLToPath(new URL('record.ts', import.meta.url));
  const runner = fileURLToPath(new URL('../bin/typescript.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [runner, bench], { maxBuffer: 1_000_000 });
  return recordSays.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).record100kMs;
}

quietRuntime();
const checks = await measureChecks();
say(`first check in a fresh context ${checks.sandboxColdMs} ms; then ${checks.sandboxWarmPerSec} a second, in Node ${checks.nodePerSec}`);
const record100kMs = await measureRecord();
say(`a record of 100,000 entries is verified in ${record100kMs} ms`);
const { cpuShare, plainMs, signedMs } = await measureShare(say);
say(JSON.stringify({ bench: 'trust', ...checks, record100kMs, cpuShare, plainMs, signedMs }));
process.exit(0);

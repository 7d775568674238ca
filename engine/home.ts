import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { isAlive } from '../ledger/lock.ts';

/** What a running `twokey start` tells the other commands. */
const runSchema = z.object({
  pid: z.int(),
  /** The Temporal server that this twokey started; it lives on where twokey is killed. */
  enginePid: z.int().optional(),
  address: z.string(),
  namespace: z.string(),
  ui: z.string().nullable(),
  taskQueue: z.string(),
  database: z.string(),
});
export type Run = z.infer<typeof runSchema>;

const folderName = '.twokey';

/** The folder in which a twokey keeps its engine, ledger and logs: `TWOKEY_HOME`, else the nearest `.twokey` upwards, else one here. */
export function findHome(from: string = process.cwd(), environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['TWOKEY_HOME'];
  if (named) return resolve(named);
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, folderName);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return join(from, folderName);
  }
}

/** Whether the environment names a Temporal server, by address or by profile (the variables of Temporal's own tools). */
export const isEngineNamed = (environment: NodeJS.ProcessEnv = process.env): boolean =>
  ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => Boolean(environment[name]));

/** Whether commands of this home know of an engine: one that the environment names, or that of a running `twokey start`. */
export const isEngineKnown = (home: string): boolean => isEngineNamed() || readRun(home) !== undefined;

const runFile = (home: string): string => join(home, 'run.json');

/** What the running twokey of this folder says, undefined where none runs. */
export function readRun(home: string): Run | undefined {
  const run = readLastRun(home);
  return run && isAlive(run.pid) ? run : undefined;
}

/** What the last twokey of this folder said, whether it runs or was killed; one that ended by itself left nothing. */
export function readLastRun(home: string): Run | undefined {
  try {
    return runSchema.parse(JSON.parse(readFileSync(runFile(home), 'utf8')));
  } catch {
    // No file, or one that is broken off or of another release: it tells as little as none.
    return undefined;
  }
}

export function writeRun(home: string, run: Run): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const draft = `${runFile(home)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, runFile(home));
}

export const forgetRun = (home: string): void => rmSync(runFile(home), { force: true });

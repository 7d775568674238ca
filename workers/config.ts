import { z } from 'zod';
import type { NightlyAt } from '../edge/night.ts';
import { isZone, washington } from '../edge/zones.ts';
import { defaultTaskQueue } from '../workflows/messages.ts';

const hourForm = 'expected a whole hour of the day from 0 to 23';
const schema = z.object({
  DATABASE_URL: z.string({ error: 'DATABASE_URL: missing, expected the ledger as postgresql://user@host:port/name' }),
  TWOKEY_TASK_QUEUE: z.string().default(defaultTaskQueue),
  TWOKEY_BUNDLE_FOLDER: z.string().default('.twokey'),
  TWOKEY_SEED: z.string().default('twokey'),
  TWOKEY_STICKY_TIMEOUT_MS: z.coerce.number().int().min(100).default(2_000),
  TWOKEY_REPAIR_EVERY_MS: z.coerce.number().int().min(500).default(5_000),
  TWOKEY_HOME: z.string().default('.twokey'),
  TWOKEY_PROFILE: z.enum(['development', 'production'], { error: 'TWOKEY_PROFILE: expected development or production' }).default('development'),
  TWOKEY_ROOT: z.string().optional(),
  TWOKEY_SEAL_RECORDS: z.stringbool({ error: 'TWOKEY_SEAL_RECORDS: expected true or false' }).default(true),
  TWOKEY_NIGHTLY_SCREENING: z.stringbool({ error: 'TWOKEY_NIGHTLY_SCREENING: expected true or false' }).default(true),
  TWOKEY_SCREENING_HOUR: z.coerce.number({ error: hourForm }).int(hourForm).min(0, hourForm).max(23, hourForm).default(3),
  TWOKEY_SCREENING_ZONE: z.string().refine(isZone, 'expected the name of a time zone such as America/New_York').default(washington),
  TWOKEY_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** What a worker reads from its environment. */
export interface WorkerConfig {
  readonly taskQueue: string;
  readonly databaseUrl: string;
  readonly bundleFolder: string;
  /** References that simulated ports give depend on this and the call's key alone. */
  readonly seed: string;
  /**
   * How long a task waits for the worker that has the order in memory before any other may take it. Short, because an
   * order is exposed to a replay hazard while it waits for a dead worker (docs/decisions/0004).
   */
  readonly stickyTimeoutMs: number;
  readonly repairEveryMs: number;
  /** Whether the records of closed orders are kept in the ledger; a rehearsal leaves none. */
  readonly sealRecords: boolean;
  /** Where the root key and the keyring lie. */
  readonly home: string;
  /** In production every order is signed, by people whom a root key vouches for that somebody keeps. */
  readonly profile: 'development' | 'production';
  /** The fingerprint that the root key must have. */
  readonly root: string | undefined;
  /** Whether this worker sees to it that the customers of open orders are looked at again each night. */
  readonly screensNightly: boolean;
  readonly nightlyAt: NightlyAt;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Reads the environment; what is missing or not of its form is one error with every name in it. */
export function workerConfig(environment: NodeJS.ProcessEnv): WorkerConfig {
  const read = schema.safeParse(environment);
  if (!read.success) throw new Error(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  return {
    taskQueue: read.data.TWOKEY_TASK_QUEUE,
    databaseUrl: read.data.DATABASE_URL,
    bundleFolder: read.data.TWOKEY_BUNDLE_FOLDER,
    seed: read.data.TWOKEY_SEED,
    stickyTimeoutMs: read.data.TWOKEY_STICKY_TIMEOUT_MS,
    repairEveryMs: read.data.TWOKEY_REPAIR_EVERY_MS,
    sealRecords: read.data.TWOKEY_SEAL_RECORDS,
    home: read.data.TWOKEY_HOME,
    profile: read.data.TWOKEY_PROFILE,
    root: read.data.TWOKEY_ROOT,
    screensNightly: read.data.TWOKEY_NIGHTLY_SCREENING,
    nightlyAt: { zone: read.data.TWOKEY_SCREENING_ZONE, hour: read.data.TWOKEY_SCREENING_HOUR },
    logLevel: read.data.TWOKEY_LOG_LEVEL,
  };
}

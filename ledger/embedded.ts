import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { embeddedMark } from './database.ts';

/** The embedded ledger: PostgreSQL in a process of its own behind a socket on loopback (docs/decisions/0002). */
export interface EmbeddedLedger {
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** What the process of the ledger tells when it answers. */
const opened = z.object({ address: z.string() });
export type LedgerOpened = z.infer<typeof opened>;

const main = fileURLToPath(new URL('./embedded-main.ts', import.meta.url));

/** Opens the ledger kept in `folder`; without one it lives in memory and is gone at the end. Throws with the log's place where it does not open. */
export async function startEmbeddedLedger(options: { folder?: string; log: string }): Promise<EmbeddedLedger> {
  const log = openSync(options.log, 'a');
  // A group of its own: Ctrl-C in the terminal reaches twokey, which ends the ledger after the worker.
  const child = fork(main, [options.folder ?? 'memory://'], { stdio: ['ignore', log, log, 'ipc'], detached: true });
  closeSync(log);
  const { address } = await Promise.race([
    once(child, 'message').then(([message]) => opened.parse(message)),
    once(child, 'exit').then(() => {
      throw new Error(`the embedded ledger did not open: see ${options.log}`);
    }),
  ]);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await Promise.race([once(child, 'exit'), wait(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
  };
  return { url: `postgresql://postgres@${address}/postgres?sslmode=disable&${embeddedMark}`, child, stop };
}

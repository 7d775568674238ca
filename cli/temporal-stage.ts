import type { Ora } from 'ora';
import { findHome } from '../engine/home.ts';
import { quietRuntime } from '../engine/replay.ts';
import { openPlayhouse, openTheatre } from '../rehearsal/temporal/playhouse.ts';
import { CommandFailure, exitCodes } from './failure.ts';
import type { RehearsalStage } from './rehearsal-stage.ts';

/** A playhouse for one run of `twokey rehearse`. Ctrl-C while it opens closes it again and throws. */
export async function openTemporalStage(waiting: Ora): Promise<RehearsalStage> {
  quietRuntime();
  const interrupted = interruption();
  waiting.start('a Temporal server, a ledger and a worker are started');
  const opening = openPlayhouse({ environment: process.env, bundleFolder: findHome(), say: (line) => void process.stderr.write(`${line}\n`) });
  const playhouse = await Promise.race([opening, interrupted]).catch(async (error: unknown) => {
    await (await opening).close();
    throw error;
  });
  waiting.stop();
  return {
    theatreFor: (scenario) => openTheatre(playhouse, scenario),
    clear: (scenario) => playhouse.clear(scenario),
    interrupted,
    close: () => playhouse.close(),
  };
}

/** Rejects when a person ends the command. */
function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    const end = (): void => reject(new CommandFailure(exitCodes.interrupted, 'interrupted', 'interrupted: nothing of the rehearsal is kept'));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
  });
  interrupted.catch(() => undefined);
  return interrupted;
}

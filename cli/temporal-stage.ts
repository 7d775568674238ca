import type { Ora } from 'ora';
import { findHome } from '../engine/home.ts';
import { quietRuntime } from '../engine/replay.ts';
import { Calendar } from '../rehearsal/temporal/calendar.ts';
import { openPlayhouse } from '../rehearsal/temporal/playhouse.ts';
import { TemporalTheatre } from '../rehearsal/temporal/temporal-theatre.ts';
import { exitCodes } from './failure.ts';
import type { RehearsalStage } from './rehearsal-stage.ts';

/** A playhouse for one run of `twokey rehearse`; Ctrl-C closes it before the process ends. */
export async function openTemporalStage(waiting: Ora): Promise<RehearsalStage> {
  quietRuntime();
  waiting.start('a Temporal server, a ledger and a worker are started');
  const playhouse = await openPlayhouse({ environment: process.env, bundleFolder: findHome(), say: (line) => void process.stderr.write(`${line}\n`) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void playhouse.close().finally(() => process.exit(exitCodes.interrupted)));
  waiting.stop();
  return {
    theatreFor: ({ start }) => new TemporalTheatre(playhouse, new Calendar(start, Date.now())),
    clear: (scenario) => playhouse.clear(scenario),
    close: () => playhouse.close(),
  };
}

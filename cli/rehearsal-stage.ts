import type { Scenario } from '../edge/scenario.ts';
import { openCoreTheatre } from '../rehearsal/core/core-theatre.ts';
import type { Theatre } from '../rehearsal/theatre.ts';

/** Where the stories of one run are played, one after the other. */
export interface RehearsalStage {
  theatreFor(scenario: Scenario): Promise<Theatre>;
  /** Leaves nothing of a story for the next. */
  clear(scenario: Scenario): Promise<void>;
  /** Rejects when a person ends the run. */
  readonly interrupted: Promise<never>;
  close(): Promise<void>;
}
const nothingToDo = (): Promise<void> => Promise.resolve();
export const coreStage: RehearsalStage = {
  theatreFor: (scenario) => Promise.resolve(openCoreTheatre(scenario)),
  clear: nothingToDo,
  interrupted: new Promise<never>(() => undefined),
  close: nothingToDo,
};

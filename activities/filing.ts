import type { FilingPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated electronic filing system of Commerce. */
export const simulateFiling = (world: SimulatedWorld): FilingPort => ({
  file: (request) => world.happen('file-application', request, simulatedAnswers['file-application']),
  withdraw: (request) => world.happen('withdraw-application', request, simulatedAnswers['withdraw-application']),
});

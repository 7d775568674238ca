import type { ScreeningPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated restricted-party screening. */
export const simulateScreening = (world: SimulatedWorld): ScreeningPort => ({
  rescreen: (request) => world.happen('rescreen-parties', request, () => simulatedAnswers['rescreen-parties'](request.customer)),
  screen: (request) => world.happen('screen-parties', request, () => simulatedAnswers['screen-parties'](request.customer)),
});

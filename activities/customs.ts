import type { CustomsPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated customs desk: it takes the declaration, the release comes back as an act of `cn.gacc`. */
export const simulateCustoms = (world: SimulatedWorld): CustomsPort => ({
  declare: (request) => world.happen('declare-customs', request, simulatedAnswers['declare-customs']),
});

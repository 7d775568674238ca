import type { InspectionPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated laboratory desk: it takes the request, the verdict comes back as an act of `test.lab`. */
export const simulateInspection = (world: SimulatedWorld): InspectionPort => ({
  request: (request) => world.happen('request-inspection', request, simulatedAnswers['request-inspection']),
  cancel: (request) => world.happen('cancel-inspection', request, simulatedAnswers['cancel-inspection']),
});

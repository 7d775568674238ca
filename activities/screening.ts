import type { ScreeningPort } from './ports.ts';
import type { SimulatedWorld } from './simulated-world.ts';

const listVersion = 'simulated-2025-12';

/** A simulated list that holds every customer whose code begins with `listed-`. */
export const simulateScreening = (world: SimulatedWorld): ScreeningPort => ({
  screen: (request) =>
    world.happen('screen-parties', request, () =>
      request.customer.startsWith('listed-') ? { outcome: 'hit', listVersion, matches: [request.customer] } : { outcome: 'clear', listVersion },
    ),
});

import type { FilingPort } from './ports.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated electronic filing system of Commerce. */
export const simulateFiling = (world: SimulatedWorld): FilingPort => ({
  file: (request) => world.happen('file-application', request, (reference) => ({ filingReference: `FILING-${reference}` })),
  withdraw: (request) => world.happen('withdraw-application', request, (reference) => ({ withdrawalReference: `WITHDRAWAL-${reference}` })),
});

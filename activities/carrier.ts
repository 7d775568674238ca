import type { CarrierPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated carrier. */
export const simulateCarrier = (world: SimulatedWorld): CarrierPort => ({
  book: (request) => world.happen('book-shipment', request, simulatedAnswers['book-shipment']),
  cancel: (request) => world.happen('cancel-booking', request, simulatedAnswers['cancel-booking']),
  handOver: (request) => world.happen('ship', request, simulatedAnswers.ship),
});

import type { CarrierPort } from './ports.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** A simulated carrier. */
export const simulateCarrier = (world: SimulatedWorld): CarrierPort => ({
  book: (request) => world.happen('book-shipment', request, (reference) => ({ bookingReference: `BOOKING-${reference}` })),
  cancel: (request) => world.happen('cancel-booking', request, (reference) => ({ cancellationReference: `BOOKING-CANCELLED-${reference}` })),
  handOver: (request) => world.happen('ship', request, (reference) => ({ waybill: `WAYBILL-${reference}` })),
});

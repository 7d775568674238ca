import { simulateCarrier } from '../activities/carrier.ts';
import { simulateCustoms } from '../activities/customs.ts';
import { simulateFiling } from '../activities/filing.ts';
import { simulateInspection } from '../activities/inspection.ts';
import { createLedgerPort } from '../activities/ledger.ts';
import { createLevyPort } from '../activities/levy.ts';
import { simulateNotices } from '../activities/notices.ts';
import type { Ports } from '../activities/ports.ts';
import { simulateScreening } from '../activities/screening.ts';
import { createSimulatedWorld } from '../activities/simulated-world.ts';
import type { Database } from '../ledger/database.ts';

/** The ports of a desk that has not connected its own systems yet: stock and levy are kept, the rest is simulated. */
export function simulatedPorts(database: Database, seed: string): Ports {
  const world = createSimulatedWorld(database, seed);
  return {
    ledger: createLedgerPort(database),
    levy: createLevyPort(database),
    screening: simulateScreening(world),
    filing: simulateFiling(world),
    notices: simulateNotices(world),
    inspection: simulateInspection(world),
    carrier: simulateCarrier(world),
    customs: simulateCustoms(world),
  };
}

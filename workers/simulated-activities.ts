import { simulateCarrier } from '../activities/carrier.ts';
import { simulateCustoms } from '../activities/customs.ts';
import { simulateFiling } from '../activities/filing.ts';
import { simulateInspection } from '../activities/inspection.ts';
import { createCustomersPort } from '../activities/customers.ts';
import { createLedgerPort } from '../activities/ledger.ts';
import { createLevyPort } from '../activities/levy.ts';
import { simulateNotices } from '../activities/notices.ts';
import type { Ports, ScreeningPort, StepActivities } from '../activities/ports.ts';
import { withPlantedFaults } from '../activities/planted-faults.ts';
import { simulateScreening } from '../activities/screening.ts';
import { createSimulatedWorld } from '../activities/simulated-world.ts';
import { createStepActivities } from '../activities/steps.ts';
import type { Database } from '../ledger/database.ts';
import { nextFault } from '../ledger/simulation.ts';

/** The lists of a desk that has not connected its own screening yet. */
export const simulatedLists = (database: Database, seed: string): ScreeningPort => simulateScreening(createSimulatedWorld(database, seed), database);

/** The ports of a desk that has not connected its own systems yet: stock and levy are kept, the rest is simulated. */
export function simulatedPorts(database: Database, seed: string, give?: () => Promise<void>): Ports {
  const world = createSimulatedWorld(database, seed);
  return {
    ledger: createLedgerPort(database, give),
    levy: createLevyPort(database),
    screening: simulatedLists(database, seed),
    customers: createCustomersPort(database),
    filing: simulateFiling(world),
    notices: simulateNotices(world),
    inspection: simulateInspection(world),
    carrier: simulateCarrier(world),
    customs: simulateCustoms(world),
  };
}

/**
 * The activities over those ports, with the faults that a rehearsal plants; `die` ends this process where a fault is the worker's death, and `give`
 * lets those hear of stock who wait for it.
 */
export const simulatedActivities = (database: Database, seed: string, die: () => never, give?: () => Promise<void>): StepActivities =>
  withPlantedFaults(createStepActivities(simulatedPorts(database, seed, give)), { next: (step, orderId) => nextFault(database, step, orderId), die });

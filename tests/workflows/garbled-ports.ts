import { simulateCarrier } from '../../activities/carrier.ts';
import { createCustomersPort } from '../../activities/customers.ts';
import { simulateCustoms } from '../../activities/customs.ts';
import { simulateFiling } from '../../activities/filing.ts';
import { simulateInspection } from '../../activities/inspection.ts';
import { createLedgerPort } from '../../activities/ledger.ts';
import { createLevyPort } from '../../activities/levy.ts';
import { simulateNotices } from '../../activities/notices.ts';
import type { StepActivities } from '../../activities/ports.ts';
import { simulateScreening } from '../../activities/screening.ts';
import { createSimulatedWorld } from '../../activities/simulated-world.ts';
import { createStepActivities } from '../../activities/steps.ts';
import type { Database } from '../../ledger/database.ts';

/** How often each call was answered with rubbish, by its key. */
export type Garbled = Map<string, number>;

/**
 * The ports of a desk, of which each method does what it is asked for and answers rubbish, the first time under each key; then it answers as it should.
 * The list of customers, which is asked without a key, answers as it should.
 */
export function garbledActivities(database: Database, garbled: Garbled): StepActivities {
  const world = createSimulatedWorld(database, 'tests');
  return createStepActivities({
    ledger: garbling(createLedgerPort(database), garbled),
    levy: garbling(createLevyPort(database), garbled),
    screening: garbling(simulateScreening(world, database), garbled),
    customers: createCustomersPort(database),
    filing: garbling(simulateFiling(world), garbled),
    notices: garbling(simulateNotices(world), garbled),
    inspection: garbling(simulateInspection(world), garbled),
    carrier: garbling(simulateCarrier(world), garbled),
    customs: garbling(simulateCustoms(world), garbled),
  });
}

function garbling<P extends object>(port: P, garbled: Garbled): P {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (request: { readonly key: string }): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(method, target, [request]);
        const key = `${String(name)} ${request.key}`;
        const isFirst = !garbled.has(key);
        garbled.set(key, (garbled.get(key) ?? 0) + 1);
        return isFirst && answer !== undefined ? { outcome: 'perhaps', answer: 42 } : answer;
      };
    },
  });
}

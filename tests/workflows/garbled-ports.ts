import type { StepActivities } from '../../activities/ports.ts';
import { createStepActivities } from '../../activities/steps.ts';
import type { Database } from '../../ledger/database.ts';
import { simulatedPorts } from '../../workers/simulated-activities.ts';

/** How often each call was answered with rubbish, by its key. */
export type Garbled = Map<string, number>;

/**
 * The ports of a desk, of which each method does what it is asked for and answers rubbish, the first time under each key; then it answers as it should.
 * The list of customers, which is asked without a key, answers as it should.
 */
export function garbledActivities(database: Database, garbled: Garbled): StepActivities {
  const { customers, ...ports } = simulatedPorts(database, 'tests');
  return createStepActivities({
    customers,
    ledger: garbling(ports.ledger, garbled),
    levy: garbling(ports.levy, garbled),
    screening: garbling(ports.screening, garbled),
    filing: garbling(ports.filing, garbled),
    notices: garbling(ports.notices, garbled),
    inspection: garbling(ports.inspection, garbled),
    carrier: garbling(ports.carrier, garbled),
    customs: garbling(ports.customs, garbled),
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

import { readDocument, understand, type WrittenDocument } from './documents.ts';
import { DocumentError, type Issue } from './faults.ts';
import { writtenOrder } from './order-file.ts';
import { pinnedPolicy, policyIds } from './policies.ts';
import { contradictionsIn } from './scenario-checks.ts';
import type { Scenario } from './scenario.ts';
import { scenarioSchema, type WrittenScenario } from './scenario-form.ts';

/**
 * Reads a scenario: steps stand in the order of their times and speak of orders that have been submitted by then.
 * Throws `DocumentError` with every fault and its place.
 */
export const readScenario = (file: string): Scenario => scenarioIn(readDocument(file));

/** The scenario that a document tells. Throws as `readScenario`. */
export function scenarioIn(document: WrittenDocument): Scenario {
  const written = understand(document, scenarioSchema);
  const issues = [...unknownPolicies(written), ...contradictionsIn(written)];
  if (issues.length > 0)
    throw new DocumentError(
      document.file,
      issues.map((issue) => document.fault(issue)),
    );
  return {
    title: written.scenario,
    start: written.start,
    isSigned: written.signed,
    ...(written.until !== undefined && { until: written.until }),
    vetted: [...new Set(written.orders.map((order) => order.customer))].filter((one) => !written.notVetted.includes(one)),
    stock: written.stock,
    orders: written.orders.map(({ submitted = written.start, ...order }) => {
      const { terms, policy = written.policy } = writtenOrder(order);
      return { terms, policy: pinnedPolicy(policy, terms.product) ?? missingPolicy(policy, terms.product), submitted };
    }),
    steps: written.steps,
    expect: written.expect,
  };
}

function missingPolicy(id: string, product: string): never {
  throw new Error(`policy ${id} for ${product} was looked for and not found, and yet the scenario was taken`);
}

function unknownPolicies({ policy, orders }: WrittenScenario): Issue[] {
  const known = policyIds();
  const named = [{ path: ['policy'], id: policy }, ...orders.map((order, index) => ({ path: ['orders', index, 'policy'], id: order.policy ?? policy }))];
  return named.flatMap(({ path, id }, index) =>
    known.includes(id) || (index > 0 && id === policy) ? [] : [{ path, message: `no policy ${id}, expected one of ${known.join(', ')}` }],
  );
}

import type { Policy } from '../domain/policy.ts';
import { readDocument, understand, type WrittenDocument } from './documents.ts';
import { DocumentError, type Issue } from './faults.ts';
import { writtenOrder } from './order-file.ts';
import { findPolicy, policyIds } from './policies.ts';
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
  const policies = new Map(policiesIn(written).map((id) => [id, findPolicy(id)]));
  const policyOf = (id: string): Policy => policies.get(id) ?? missingPolicy(id);
  const issues = [...unknownPolicies(written, policies), ...contradictionsIn(written)];
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
    stock: written.stock,
    orders: written.orders.map(({ submitted = written.start, ...order }) => {
      const { terms, policy = written.policy } = writtenOrder(order);
      return { terms, policy: policyOf(policy), submitted };
    }),
    steps: written.steps,
    expect: written.expect,
  };
}

const policiesIn = ({ policy, orders }: WrittenScenario): string[] => [policy, ...orders.flatMap((order) => order.policy ?? [])];

function missingPolicy(id: string): never {
  throw new Error(`policy ${id} was looked for and not found, and yet the scenario was taken`);
}

function unknownPolicies({ policy, orders }: WrittenScenario, found: ReadonlyMap<string, Policy | undefined>): Issue[] {
  const named = [{ path: ['policy'], id: policy }, ...orders.map((order, index) => ({ path: ['orders', index, 'policy'], id: order.policy ?? policy }))];
  return named.flatMap(({ path, id }, index) =>
    found.get(id) !== undefined || (index > 0 && id === policy) ? [] : [{ path, message: `no policy ${id}, expected one of ${policyIds().join(', ')}` }],
  );
}

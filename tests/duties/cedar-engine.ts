import { readFileSync } from 'node:fs';
import {
  type CedarValueJson,
  type EntityJson,
  policySetTextToParts,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';

/** Policies by their ids. */
export type Policies = ReadonlyMap<string, string>;

/** A question to Cedar: whether a principal, which is a person, may do an action on an order. */
export interface Question {
  readonly person: string;
  readonly action: string;
  readonly order: string;
  readonly context: Record<string, CedarValueJson>;
  readonly entities: readonly EntityJson[];
}

/** Which policies made the answer: those that forbid, else those that permit. */
export interface Answer {
  readonly isAllowed: boolean;
  readonly because: readonly string[];
}

const textOf = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const schema = textOf('duties.cedarschema');

/** The policies in a file of this folder. Each must have an id, and one of its own. */
export function policiesIn(name: string): Policies {
  const parts = policySetTextToParts(textOf(name));
  if (parts.type === 'failure') throw new Error(`${name}: ${parts.errors.map(({ message }) => message).join(', ')}`);
  const policies = new Map(parts.policies.map((text) => [/@id\("([^"]+)"\)/.exec(text)?.[1] ?? '', text] as const));
  if (policies.has('') || policies.size !== parts.policies.length) throw new Error(`${name}: a policy without an id of its own`);
  return policies;
}

/** What Cedar's validator says against policies by the schema; empty where it says nothing. */
export function faultsOf(policies: Policies): string[] {
  const answer = validate({ schema, policies: { staticPolicies: Object.fromEntries(policies) } });
  if (answer.type === 'failure') return answer.errors.map(({ message }) => message);
  return [...answer.validationErrors, ...answer.validationWarnings].map(({ policyId, error }) => `${policyId}: ${error.message}`);
}

const schemaName = 'duties';
let engines = 0;

/** Cedar with a set of policies. Throws where a question is not of the schema's form, or a policy cannot be evaluated. */
export function cedarWith(policies: Policies): (question: Question) => Answer {
  engines += 1;
  const preparsedPolicySetId = `policies ${engines}`;
  for (const parsed of [preparseSchema(schemaName, schema), preparsePolicySet(preparsedPolicySetId, { staticPolicies: Object.fromEntries(policies) })])
    if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join(', '));
  return ({ person, action, order, context, entities }) => {
    const answer = statefulIsAuthorized({
      ...{ principal: { type: 'Person', id: person }, action: { type: 'Action', id: action }, resource: { type: 'Order', id: order } },
      ...{ context, entities: [...entities], preparsedSchemaName: schemaName, validateRequest: true, preparsedPolicySetId },
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join(', '));
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors.map(({ policyId, error }) => `${policyId}: ${error.message}`).join(', '));
    return { isAllowed: decision === 'allow', because: diagnostics.reason };
  };
}

/** A reference to an entity, in attributes and contexts. */
export const the = (type: 'Person' | 'Role' | 'Side' | 'Order', id: string): CedarValueJson => ({ __entity: { type, id } });

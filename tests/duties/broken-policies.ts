import { dutyPolicies } from './cedar-duties.ts';
import type { Policies } from './cedar-engine.ts';
import { signaturePolicies } from './cedar-signatures.ts';

/** Both sets of policies, one policy of them broken on purpose. */
export interface BrokenPolicies {
  readonly says: string;
  readonly duties: Policies;
  readonly signatures: Policies;
}

const broken = (says: string, change: (policies: Policies) => Policies): BrokenPolicies => ({
  ...{ says, duties: change(dutyPolicies), signatures: change(signaturePolicies) },
});

const without = (id: string): BrokenPolicies => broken(`without "${id}"`, (policies) => new Map([...policies].filter(([one]) => one !== id)));

const instead = (id: string, text: string, by: string): BrokenPolicies =>
  broken(
    `"${id}" with ${by} for ${text}`,
    (policies) => new Map([...policies].map(([one, policy]) => [one, one === id ? replaced(policy, text, by) : policy])),
  );

function replaced(policy: string, text: string, by: string): string {
  if (!policy.includes(text)) throw new Error(`no ${text} in ${policy}`);
  return policy.replace(text, by);
}

export const brokenPolicies: readonly BrokenPolicies[] = [
  ...[...dutyPolicies.keys(), ...signaturePolicies.keys()].map(without),
  instead('conflict of who signs', 'containsAll', 'containsAny'),
  instead('conflict of who confirms', 'context.confirmedBy.role.side', 'context.role.side'),
  instead('same-person signs and confirms', 'context.confirmedBy.person == principal', 'context.confirmedBy.role == context.role'),
  instead('second of a policy change', 'policy.admin', 'compliance.second'),
  instead('second of a record', 'context.isRecorded', '!context.isRecorded'),
  instead('second where none is asked for', 'context.isRecorded || ', ''),
  instead("key of one's own", 'context.key.role == context.role && ', ''),
  instead('delegation', ' && context.delegation.role == context.role', ''),
  instead('delegation', 'context.delegation.to == principal && ', ''),
  instead('delegation by another', ' && context.delegation.key.role == context.delegation.role', ''),
  instead('delegation for other orders', 'context.delegation.allOrders || ', ''),
  instead('delegation for other acts', 'context.delegation.allActs || ', ''),
  instead('key not yet', '<', '<='),
  instead('key ended', '>=', '>'),
  instead('key revoked', '>=', '>'),
  instead('delegation not yet', '<', '<='),
  instead('delegation ended', '>=', '>'),
  instead('delegation for too long', '>', '>='),
];

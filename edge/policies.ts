import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PolicyOfEdition2 } from '../domain/policy.ts';
import { readPolicy } from './policy-file.ts';
import type { PolicyDocument } from './policy-form.ts';
import { pinned } from './policy-pinned.ts';
import { findProduct } from './products.ts';

const folder = fileURLToPath(new URL('../policies/', import.meta.url));
const productFile = 'products';

/** Ids of the policies of this release, in the order of the alphabet. */
export const policyIds = (): string[] =>
  globSync('*.yaml', { cwd: folder })
    .map((file) => basename(file, '.yaml'))
    .filter((name) => name !== productFile)
    .toSorted((a, b) => (a < b ? -1 : 1));

/** The file of a policy of this release. */
export const policyFile = (id: string): string => `${folder}${id}.yaml`;

const known = new Map<string, PolicyDocument>();

/** Everything that a policy of this release says; undefined where there is none of this id. */
export function policyDocument(id: string): PolicyDocument | undefined {
  const read = known.get(id) ?? (policyIds().includes(id) ? readPolicy(policyFile(id)) : undefined);
  if (read) known.set(id, read);
  return read;
}

/** What an order for a product pins of a policy; undefined where either is unknown. */
export function pinnedPolicy(id: string, product: string): PolicyOfEdition2 | undefined {
  const [policy, spec] = [policyDocument(id), findProduct(product)];
  return policy && spec && pinned(policy, spec);
}

/** The policy in force on a calendar day (YYYY-MM-DD): the latest by date that is effective by then. Throws `RangeError` before the earliest. */
export function policyInForce(day: string): PolicyDocument {
  const byDate = policyIds()
    .flatMap((id) => policyDocument(id) ?? [])
    .filter(({ inForce }) => inForce === 'by-date')
    .toSorted((a, b) => (a.effective < b.effective ? -1 : 1));
  const found = byDate.findLast(({ effective }) => effective <= day);
  if (found) return found;
  throw new RangeError(
    `no policy was in force on ${day}: the earliest, ${byDate[0]?.id ?? 'none'}, begins on ${byDate[0]?.effective ?? 'no day'}; name a policy`,
  );
}

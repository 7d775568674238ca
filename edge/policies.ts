import { existsSync, globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../domain/policy.ts';
import { readPolicy } from './policy-file.ts';

const folder = fileURLToPath(new URL('../policies/', import.meta.url));

/** The policy that an order has unless it names another. */
export const defaultPolicy = '2025-12-announcement';

/** Ids of the policies of this release. */
export const policyIds = (): string[] =>
  globSync('*.yaml', { cwd: folder })
    .map((file) => basename(file, '.yaml'))
    .toSorted((a, b) => (a < b ? -1 : 1));

/** A policy of this release by its id; undefined where there is none. */
export function findPolicy(id: string): Policy | undefined {
  const file = `${folder}${id}.yaml`;
  return /^[a-z0-9-]+$/.test(id) && existsSync(file) ? readPolicy(file) : undefined;
}

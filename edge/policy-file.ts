import { z } from 'zod';
import type { Policy } from '../domain/policy.ts';
import { knownFields } from './faults.ts';
import { readDocument, understand } from './documents.ts';

const day = 86_400_000;

/** What a policy file says: since when, on whose word, and every number that the rules use. */
const policySchema = knownFields({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  effective: z.iso.date(),
  sources: z.array(z.string().min(1)).min(1),
  edition: z.literal(1),
  opinionDays: z.int().min(1).max(365),
  levyPercent: z.number().min(0).max(100).multipleOf(0.01),
});

/** Reads a dated policy; durations become accountable milliseconds, percentages basis points. */
export function readPolicy(file: string): Policy {
  const { id, edition, opinionDays, levyPercent } = understand(readDocument(file), policySchema);
  return { id, edition, opinionMs: opinionDays * day, levyBasisPoints: Math.round(levyPercent * 100) };
}

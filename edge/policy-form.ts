import { z } from 'zod';
import { knownFields } from './faults.ts';
import { customers, eligibilityRow, ends, levy, license, paper, policyName, quota, review, sentence, shipping, source } from './policy-parts.ts';

/** What a policy file says: since when, on whose word, and every number that the rules use. */
export const policyForm = knownFields({
  id: policyName.describe('the name under which orders and scenarios ask for the policy; also that of the file'),
  title: sentence,
  effective: z.iso.date('expected a calendar day such as 2026-01-15').describe('the first day on which it is in force'),
  inForce: z.enum(['by-date', 'by-name']).describe('by-date: orders of its days have it unless they name another; by-name: only those that name it'),
  sources: z.record(policyName, source),
  review: review.describe('the interagency review; days are accountable calendar days, null where the policy knows no such limit'),
  license,
  customers,
  eligibility: z.array(eligibilityRow).min(1).describe('how an application for a product is looked at; the first row that matches wins'),
  levy: levy.describe('percentages of the base; the first band in which a product lies'),
  quotas: z.array(quota),
  papers: z.array(paper),
  shipping: shipping.describe('what each wave needs before it leaves and after it has arrived, beside its papers'),
  endUses: ends,
});

/** Everything that a policy file says. */
export type PolicyDocument = z.infer<typeof policyForm>;

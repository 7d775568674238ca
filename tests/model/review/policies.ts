import type { PolicyOfEdition2, ReviewRules } from '../../../domain/policy.ts';
import type { Route } from '../../../domain/product.ts';
import { ladderRules, policyOfToday } from '../../support/orders.ts';

/** The full ladder, 90 days in all and a notice before a denial. */
export const fullLadder = (changes: Partial<ReviewRules> = {}): PolicyOfEdition2 => policyOfToday({ ...ladderRules, ...changes });

/** A policy that asks for every paper before filing, for a product of one route. */
export const papersAreNeeded = (route: Route): PolicyOfEdition2 =>
  policyOfToday(
    { ...ladderRules, filing: { certifications: ['us-supply', 'know-your-customer'], endUserStatement: 'needed' } },
    { eligibility: [{ name: 'every product', route }] },
  );

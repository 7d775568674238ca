import type { Policy, ReviewRules } from './policy.ts';
import { isWithin } from './range.ts';

/** The interagency review of a policy, whatever its edition; the first knew one number of it. */
export const reviewRules = (policy: Policy): ReviewRules =>
  policy.edition === 2
    ? policy.review
    : {
        opinionMs: policy.opinionMs,
        questionMs: null,
        limitMs: null,
        day: { reading: 'exact' },
        agencyPositions: 'visible',
        disagreement: { goesTo: 'president' },
        intentToDeny: null,
        appealMs: null,
        filing: { certifications: [], endUserStatement: 'not-needed' },
      };

/** The levy's rate for the ordered product in basis points; 2500 is 25 %. A product whose figures are not known lies in no band that asks for them. */
export function levyBasisPoints(policy: Policy): number {
  if (policy.edition === 1) return policy.levyBasisPoints;
  const { tpp, bandwidth } = policy.product;
  const lies = (figure: number | 'unknown', range: Parameters<typeof isWithin>[1] | undefined): boolean =>
    range === undefined || (figure !== 'unknown' && isWithin(figure, range));
  return policy.levy.bands.find((band) => lies(tpp, band.tpp) && lies(bandwidth, band.bandwidth))?.basisPoints ?? 0;
}

import type { Policy, ReviewRules } from './policy.ts';

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

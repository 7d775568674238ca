import type { Policy } from '../../../domain/policy.ts';
import type { Route } from '../../../domain/product.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Notes } from '../notes.ts';

/** By hand: the policies of an exploration have one row that is about every product. */
const routeOf = ({ review: { ruled } }: Notes, policy: Policy): Route =>
  ruled ?? (policy.edition === 1 ? 'case-by-case' : (policy.eligibility[0]?.route ?? 'needs-ruling'));

/** What is missing before an application may be filed; undefined where nothing is. */
function missing(notes: Notes, policy: Policy): string | undefined {
  const { review } = notes;
  const route = routeOf(notes, policy);
  if (route === 'needs-ruling') return 'a ruling';
  if (route === 'presumption-of-denial' && !review.confirmed) return 'a confirmation, although denial is presumed';
  if (policy.edition === 1) return undefined;
  const { certifications, endUserStatement } = policy.review.filing;
  if (endUserStatement === 'needed' && !review.statement) return 'the end-user statement';
  return certifications.find((one) => !review.certified.includes(one));
}

/** By hand: where an application may stand that another takes the place of. */
const ended: ReadonlySet<Notes['application']> = new Set(['rejected', 'returned', 'withdrawn'] as const);

/** What comes before the review. */
export const filing: readonly Invariant[] = [
  {
    name: 'nothing-is-filed-without-its-papers',
    ofCommand: (judged) => {
      const { policy } = judged.before.order;
      const fault = (notes: Notes): string | undefined => {
        const lacks = missing(notes, policy);
        return lacks === undefined ? must(notes.stock === 'reserved', 'filed before stock is reserved') : `filed without ${lacks}`;
      };
      return (
        atEach(judged, 'application-submitted', (_event, notes) => fault(notes)) ?? atEach(judged, 'application-resubmitted', (_event, notes) => fault(notes))
      );
    },
  },
  {
    name: 'a-license-is-dispensed-with-only-where-none-is-required',
    ofCommand: (judged) =>
      atEach(judged, 'license-not-required', (_event, notes) =>
        must(routeOf(notes, judged.before.order.policy) === 'no-license-required' && notes.application === 'none', 'a license is required'),
      ),
  },
  {
    name: 'an-application-comes-back-only-as-a-new-one-after-it-has-ended',
    ofCommand: (judged) =>
      atEach(judged, 'application-resubmitted', (_event, notes, then) =>
        must(ended.has(notes.application) && then.review.past === notes.review.past + 1, `resubmitted while the application is ${notes.application}`),
      ) ??
      atEach(judged, 'application-registered', (_event, notes) =>
        must(notes.application === 'filed', `registered while the application is ${notes.application}`),
      ),
  },
];

import { chinaDay, expectedDays, type ExpectedDay } from '../domain/rules/expected-days.ts';
import { classify, type Classification } from '../domain/rules/eligibility.ts';
import { endUseFinding, type EndUseFinding, type EndUseVerdicts } from '../domain/rules/end-use.ts';
import { type Levy, levyOf, levyOn } from '../domain/rules/levy.ts';
import type { UnitsInUse } from '../domain/rules/quota.ts';
import { type Headroom, headroomOf } from '../domain/rules/quota-headroom.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { PolicyDocument } from '../edge/policy-form.ts';
import { pinned } from '../edge/policy-pinned.ts';
import { type ShownLevy, shownLevy } from './levy-shown.ts';
import { policyAsked, specOf } from './policy-asked.ts';

type Paper = Omit<PolicyDocument['papers'][number], 'sources'>;

/** What an order would meet, as scripts read it. Amounts in minor units of `currency`, days as YYYY-MM-DD in Washington. */
export interface Quote extends Classification {
  readonly order: string;
  readonly customer: string;
  readonly product: string;
  readonly units: number;
  readonly policy: string;
  readonly filedOn: string;
  readonly levy: ShownLevy & { readonly baseMinor: number; readonly amountMinor: number | 'unknown'; readonly currency: string; readonly note: string | null };
  /** What is left of each quota that counts the product. */
  readonly quotas: readonly Headroom[];
  readonly papers: readonly Paper[];
  readonly certifications: PolicyDocument['review']['certifications'];
  readonly endUse: EndUseVerdicts & { readonly use: string; readonly finding: EndUseFinding; readonly conflict: string | null };
  readonly dates: readonly ExpectedDay[];
}

interface Circumstances {
  /** The policy that is asked for; undefined where the day decides. */
  readonly policy: string | undefined;
  readonly filedOn: string;
  /** Undefined where no ledger tells it. */
  readonly inUse: readonly UnitsInUse[] | undefined;
}

/** Judges an order that is not submitted. Throws `CommandFailure` where its policy or its product is unknown. */
export function quoteFor(terms: OrderTerms, { policy: id, filedOn, inUse }: Circumstances): Quote {
  const policy = policyAsked(id, filedOn);
  const spec = specOf(terms);
  const { eligibility, levy, review } = pinned(policy, spec);
  const { route, reasons } = classify(spec, eligibility);
  const isLicensed = route !== 'no-license-required';
  return {
    order: terms.id,
    customer: terms.customer,
    product: terms.product,
    units: terms.units,
    policy: policy.id,
    filedOn,
    route,
    reasons,
    levy: levyOnOrder(levyOf(levy, spec), terms),
    quotas: headroomOf(policy.quotas, terms, inUse),
    papers: policy.papers.filter(({ when }) => isLicensed || when !== 'before-filing').map(({ sources: _told, ...paper }) => paper),
    certifications: isLicensed ? policy.review.certifications : [],
    endUse: endUseOf(policy, terms.endUse),
    dates: [...(isLicensed ? expectedDays(review, filedOn) : []), chinaDay],
  };
}

function levyOnOrder(levy: Levy, { units, unitPriceMinor, currency }: OrderTerms): Quote['levy'] {
  const baseMinor = units * unitPriceMinor;
  const amountMinor = levy.basisPoints === 'unknown' ? 'unknown' : levyOn(baseMinor, levy.basisPoints);
  const note = levy.base === 'entered-value' ? 'taken on the price of the order: the value that is entered may be another' : null;
  return { amountMinor, currency, baseMinor, ...shownLevy(levy), note };
}

function endUseOf({ endUses }: PolicyDocument, use: OrderTerms['endUse']): Quote['endUse'] {
  const verdicts = { us: endUses.us[use], china: endUses.china[use] };
  const { then: finding, isConflict, name } = endUseFinding(verdicts);
  return { use, ...verdicts, finding, conflict: isConflict ? name : null };
}

import type { LevyRules, PolicyOfEdition2, ReviewRules } from '../domain/policy.ts';
import type { EligibilityRow, ProductSpec } from '../domain/product.ts';
import { limitOf, limits, type PooledQuota } from '../domain/rules/quota.ts';
import type { ShippingRules } from '../domain/shipping.ts';
import type { PolicyDocument } from './policy-form.ts';
import { zoneOf } from './zones.ts';

const day = 86_400_000;
const ms = (days: number): number => days * day;
const msOrNull = (days: number | null): number | null => days && ms(days);

/** What an order pins of a policy: its rules without their sources, days as accountable milliseconds, percentages as basis points. */
export const pinned = (policy: PolicyDocument, product: ProductSpec): PolicyOfEdition2 => ({
  id: policy.id,
  edition: 2,
  review: reviewOf(policy),
  license: { validMonths: policy.license.validMonths },
  customers: policy.customers.vetting,
  eligibility: policy.eligibility.map(({ sources: _shown, ...row }): EligibilityRow => row),
  levy: levyOf(policy.levy),
  product,
  ...quotasOf(policy, product.code),
  shipping: shippingOf(policy),
});

function reviewOf({ review, effective }: PolicyDocument): ReviewRules {
  const { day: read, disagreement: split, intentToDeny } = review;
  return {
    opinionMs: ms(review.opinionDays),
    questionMs: msOrNull(review.questionDays),
    limitMs: msOrNull(review.limitDays),
    day: read.reading === 'exact' ? { reading: 'exact' } : { reading: 'day-end', zone: zoneOf(read.zone, effective) },
    agencyPositions: review.agencyPositions,
    disagreement:
      split.goesTo === 'president'
        ? { goesTo: 'president' }
        : { goesTo: 'oc-chair', chairMs: ms(split.chairDays), appealMs: ms(split.appealDays), acepMs: ms(split.acepDays), earbMs: ms(split.earbDays) },
    intentToDeny: intentToDeny && { respondMs: ms(intentToDeny.respondDays), finalMs: ms(intentToDeny.finalDays) },
    appealMs: msOrNull(review.appealDays),
    filing: { certifications: review.certifications.map(({ code }) => code), endUserStatement: review.endUserStatement },
  };
}

const levyOf = ({ bands, sources: _shown, ...rules }: PolicyDocument['levy']): LevyRules => ({
  ...rules,
  bands: bands.map(({ percent, sources: _cited, ...band }) => ({ ...band, basisPoints: Math.round(percent * 100) })),
});

const shippingOf = ({ papers, shipping: { sources: _shown, ...rules } }: PolicyDocument): ShippingRules => ({
  ...rules,
  papers: papers.flatMap((paper) => (paper.when === 'before-export' ? [{ name: paper.name, act: paper.act }] : [])),
});

/** The caps that limit the product and can be told; a share of what is published is pinned as the units that it comes to. */
function quotasOf({ quotas }: PolicyDocument, product: string): { readonly quotas?: readonly PooledQuota[] } {
  const told = quotas
    .filter((quota) => limits(quota, product))
    .flatMap((quota): PooledQuota[] => {
      if (quota.kind !== 'share-of-us-volume') return [{ kind: quota.kind, name: quota.name, units: quota.units, products: quota.products }];
      const units = limitOf(quota, product);
      return typeof units === 'number' ? [{ kind: 'units-in-all', name: quota.name, units, products: [product] }] : [];
    });
  return told.length > 0 ? { quotas: told } : {};
}

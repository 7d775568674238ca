import { describe, expect, it } from 'vitest';
import type { PolicyOfEdition2 } from '../../../domain/policy.ts';
import { classify } from '../../../domain/rules/eligibility.ts';
import { levyOf } from '../../../domain/rules/levy.ts';
import { pinnedPolicy, policyIds } from '../../../edge/policies.ts';
import { productTable } from '../../../edge/products.ts';

function pinnedFor(policy: string, product: string): PolicyOfEdition2 {
  const found = pinnedPolicy(policy, product);
  if (!found) throw new Error(`no policy ${policy} or no product ${product}`);
  return found;
}
const judge = (policy: string, product: string) => {
  const { eligibility, levy, product: spec } = pinnedFor(policy, product);
  const { basisPoints, band, base } = levyOf(levy, spec);
  return { route: classify(spec, eligibility).route, basisPoints, band, base };
};

describe('the released policies', () => {
  it.each([
    ['2026-01-rule', 'H200', 'case-by-case', 2_500, 'band-1', 'entered-value'],
    ['2026-01-rule', 'MI325X', 'case-by-case', 2_500, 'band-2', 'entered-value'],
    ['2026-01-rule', 'H100', 'case-by-case', 0, null, 'entered-value'],
    ['2026-01-rule', 'MI300X', 'case-by-case', 0, null, 'entered-value'],
    ['2026-01-rule', 'B30A', 'presumption-of-denial', 0, null, 'entered-value'],
    ['2026-01-rule', 'B200', 'presumption-of-denial', 0, null, 'entered-value'],
    ['2026-01-rule', 'Gaudi3', 'needs-ruling', 'unknown', null, 'entered-value'],
    ['us-ladder', 'H200', 'case-by-case', 2_500, 'band-1', 'entered-value'],
    ['us-ladder', 'B30A', 'presumption-of-denial', 0, null, 'entered-value'],
    ['2025-12-announcement', 'H200', 'case-by-case', 2_500, null, 'invoiced-revenue'],
    ['2025-12-announcement', 'MI325X', 'case-by-case', 2_500, null, 'invoiced-revenue'],
    ['2025-12-announcement', 'B200', 'presumption-of-denial', 2_500, null, 'invoiced-revenue'],
    ['2025-12-announcement', 'Gaudi3', 'needs-ruling', 2_500, null, 'invoiced-revenue'],
    ['2025-08-revenue-share', 'H20', 'case-by-case', 1_500, null, 'invoiced-revenue'],
    ['2025-08-revenue-share', 'MI308', 'case-by-case', 1_500, null, 'invoiced-revenue'],
    ['2025-08-revenue-share', 'H200', 'presumption-of-denial', 1_500, null, 'invoiced-revenue'],
  ] as const)('%s on the %s: %s, %s basis points, %s of the %s', (policy, product, route, basisPoints, band, base) => {
    expect(judge(policy, product)).toEqual({ route, basisPoints, band, base });
  });

  it.each(['2026-01-rule', 'us-ladder'])('%s draws its limits strictly: exactly 21,000 or 6,500 is over', (policy) => {
    const { eligibility, product } = pinnedFor(policy, 'H200');
    const routeOf = (tpp: number, bandwidth: number): string => classify({ ...product, code: 'any', tpp, bandwidth }, eligibility).route;
    expect(routeOf(20_999, 6_499)).toBe('case-by-case');
    expect(routeOf(21_000, 6_499)).toBe('presumption-of-denial');
    expect(routeOf(20_999, 6_500)).toBe('presumption-of-denial');
  });

  it('give every product of the table a route, with a reason', () => {
    const judged = policyIds().flatMap((policy) => [...productTable().keys()].map((product) => pinnedFor(policy, product)));
    expect(judged.length).toBe(policyIds().length * productTable().size);
    for (const { product, eligibility } of judged) expect(classify(product, eligibility).reasons.length, product.code).toBeGreaterThan(0);
  });

  it('guess at no product whose sources contradict each other, unless they name it', () => {
    const conflicting = [...productTable().values()].filter(({ certainty }) => certainty === 'conflict').map(({ code }) => code);
    expect(conflicting).toContain('Gaudi3');
    for (const policy of policyIds())
      for (const code of conflicting) {
        const { eligibility, product } = pinnedFor(policy, code);
        const isNamed = eligibility.some(({ products }) => products?.includes(code));
        if (!isNamed) expect(classify(product, eligibility).route, `${policy} ${code}`).toBe('needs-ruling');
      }
  });
});

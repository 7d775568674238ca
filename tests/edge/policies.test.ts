import { describe, expect, it } from 'vitest';
import { pinnedPolicy, policyDocument, policyIds, policyInForce } from '../../edge/policies.ts';
import { parseDocumentText, understand } from '../../edge/documents.ts';
import { policyForm } from '../../edge/policy-form.ts';
import { pinned } from '../../edge/policy-pinned.ts';
import { findProduct, productTable, readProducts } from '../../edge/products.ts';
import { products } from '../../domain/terms.ts';
import { changedPolicy } from './good-policy.ts';
import { faultOf } from './written.ts';

const day = 86_400_000;
const ofRelease = ['2025-08-revenue-share', '2025-12-announcement', '2026-01-rule', 'us-ladder'];

describe('the policies of this release', () => {
  it('are these, each under the name of its file', () => {
    expect(policyIds()).toEqual(ofRelease);
    expect(policyIds().map((id) => policyDocument(id)?.id)).toEqual(ofRelease);
  });

  it.each(['products', '', '../package', 'constructor', '2025-12-ANNOUNCEMENT'])('do not include %j', (id) => {
    expect(policyDocument(id)).toBeUndefined();
    expect(pinnedPolicy(id, 'H200')).toBeUndefined();
  });

  it.each([
    ['2025-08-11', '2025-08-revenue-share'],
    ['2025-12-07', '2025-08-revenue-share'],
    ['2025-12-08', '2025-12-announcement'],
    ['2025-12-22', '2025-12-announcement'],
    ['2026-01-14', '2025-12-announcement'],
    ['2026-01-15', '2026-01-rule'],
    ['2031-01-01', '2026-01-rule'],
  ])('on %s: %s is in force', (on, id) => {
    expect(policyInForce(on).id).toBe(id);
  });

  it('leave the time before the first without one, and say when that begins', () => {
    expect(() => policyInForce('2025-08-10')).toThrow(/2025-08-10.*2025-08-revenue-share, begins on 2025-08-11/);
  });

  it('take 15, then 25 % of revenue, then 25 % of the value on entry', () => {
    const taken = ofRelease.map((id) => {
      const { base, trigger, bands } = pinnedPolicy(id, 'H200')?.levy ?? {};
      return [base, trigger, bands?.[0]?.basisPoints];
    });
    expect(taken).toEqual([
      ['invoiced-revenue', 'on-invoice', 1_500],
      ['invoiced-revenue', 'on-invoice', 2_500],
      ['entered-value', 'on-entry', 2_500],
      ['entered-value', 'on-entry', 2_500],
    ]);
  });

  it('send a disagreement to the President, but for the ladder with its days', () => {
    expect(ofRelease.map((id) => pinnedPolicy(id, 'H200')?.review.disagreement)).toEqual([
      { goesTo: 'president' },
      { goesTo: 'president' },
      { goesTo: 'president' },
      { goesTo: 'oc-chair', chairMs: 14 * day, appealMs: 5 * day, acepMs: 11 * day, earbMs: 11 * day },
    ]);
  });

  it('differ in the ladder and in how a day ends, and in nothing else that an order pins', () => {
    const [rule, ladder] = [pinnedPolicy('2026-01-rule', 'H200'), pinnedPolicy('us-ladder', 'H200')];
    if (!rule || !ladder) throw new Error('both are of this release');
    const { disagreement, day: read } = ladder.review;
    expect({ ...rule, id: ladder.id, review: { ...rule.review, disagreement, day: read } }).toEqual(ladder);
    expect(rule.review.day).toEqual({ reading: 'exact' });
    expect(read).toMatchObject({ reading: 'day-end', zone: { name: 'America/New_York' } });
  });
});

describe('what an order pins', () => {
  it("is the article's policy as data, with what is known of its product", () => {
    expect(pinnedPolicy('2025-12-announcement', 'H200')).toMatchObject({
      ...{ id: '2025-12-announcement', edition: 2, customers: 'vetted-by-commerce', license: { validMonths: null } },
      review: {
        ...{ opinionMs: 30 * day, questionMs: 10 * day, limitMs: null, day: { reading: 'exact' }, agencyPositions: 'visible', intentToDeny: null },
        ...{ appealMs: null, filing: { certifications: [], endUserStatement: 'not-needed' } },
      },
      product: { code: 'H200', maker: 'Nvidia', tpp: 15_832, bandwidth: 4_800, memoryGb: 141, certainty: 'derived' },
    });
  });

  it.each(policyIds().flatMap((id) => products.map((product) => [id, product] as const)))(
    'of %s for %s is data alone, of whole numbers and without sources',
    (id, product) => {
      const pinned = pinnedPolicy(id, product);
      const text = JSON.stringify(pinned);
      expect(JSON.parse(text)).toEqual(pinned);
      expect(text).not.toMatch(/"sources"|\d\.\d|percent/);
    },
  );

  it('has the caps that limit the product and can be told, a share as the units that it comes to', () => {
    expect(pinnedPolicy('2026-01-rule', 'H200')?.quotas).toEqual([
      { kind: 'units-per-customer', name: 'units-per-customer', units: 75_000, products: ['H200', 'MI325X'] },
      { kind: 'units-in-all', name: 'units-in-all', units: 1_000_000, products: ['H200', 'MI325X'] },
    ]);
    for (const [id, product] of [
      ['2026-01-rule', 'H20'],
      ['2025-12-announcement', 'H200'],
    ] as const)
      expect(pinnedPolicy(id, product)).not.toHaveProperty('quotas');
    const published = changedPolicy('countedIn: unknown', 'countedIn: unknown, usVolume: { H200: 10001, H20: 4 }');
    const policy = understand(parseDocumentText('policy.yaml', published), policyForm);
    const half = { kind: 'units-in-all', name: 'half' } as const;
    const pinnedFor = (product: string) => pinned(policy, findProduct(product) ?? expect.fail(product)).quotas;
    expect(pinnedFor('H200')).toEqual([{ ...half, units: 5_000, products: ['H200'] }, expect.objectContaining({ name: 'each' })]);
    expect(pinnedFor('H20')).toEqual([{ ...half, units: 2, products: ['H20'] }]);
    expect(pinnedFor('MI325X')).toBeUndefined();
  });

  it('is nothing for a product of which nothing is known', () => {
    expect(pinnedPolicy('2025-12-announcement', 'H201')).toBeUndefined();
  });
});

describe('the table of products', () => {
  it('knows every product that may be ordered, each with who says so', () => {
    expect([...productTable().keys()].toSorted()).toEqual([...products].toSorted());
    for (const { sources } of productTable().values()) expect(sources.join('').length).toBeGreaterThan(0);
  });

  it('guesses no figure that sources contradict each other about', () => {
    expect(findProduct('MI308')).toMatchObject({ tpp: 'unknown', certainty: 'conflict' });
    expect(findProduct('Gaudi3')).toMatchObject({ tpp: 'unknown', bandwidth: 3_700, certainty: 'conflict' });
  });
});

describe('a file of products', () => {
  const table = (rows: string): string => `sources: { sheet: A data sheet }\nproducts:\n${rows}`;
  const row = '  - { code: H200, maker: Nvidia, tpp: 15832, bandwidth: 4800, memoryGb: 141, certainty: derived, sources: [sheet] }\n';
  const read = (text: string) => readProducts(parseDocumentText('products.yaml', text));

  it('says of each product who says so, in words', () => {
    expect(read(table(row)).get('H200')).toMatchObject({ tpp: 15_832, sources: ['A data sheet'] });
  });

  it.each([
    ['a source that it does not tell', row.replace('[sheet]', '[sheet, rumor]'), /products\.yaml:3:\d+: products\[0\]\.sources\[1\]: no source rumor/],
    ['no source', row.replace('[sheet]', '[]'), /products\[0\]\.sources: /],
    ['a product twice', row + row, /products\.yaml:4:13: products\[1\]\.code: H200 stands in this table before/],
    ['half a figure', row.replace('4800', '4800.5'), /products\[0\]\.bandwidth: expected a whole number, or unknown/],
    ['a guess', row.replace('15832', 'about 15000'), /products\[0\]\.tpp: expected a whole number, or unknown/],
  ])('with %s is refused', (_what, rows, sentence) => {
    expect(faultOf(() => read(table(rows))).message).toMatch(sentence);
  });
});

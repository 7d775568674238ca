import type { Range } from '../../domain/range.ts';
import { classify } from '../../domain/rules/eligibility.ts';
import { endUseFinding } from '../../domain/rules/end-use.ts';
import { boundsInWords, grouped } from '../../domain/rules/figure-words.ts';
import { levyOf } from '../../domain/rules/levy.ts';
import type { FigureName } from '../../domain/rules/possible-figures.ts';
import { endUses } from '../../domain/terms.ts';
import { policyDocument, policyIds } from '../../edge/policies.ts';
import type { PolicyDocument } from '../../edge/policy-form.ts';
import { pinned } from '../../edge/policy-pinned.ts';
import { findProduct, productTable } from '../../edge/products.ts';
import type { RuleTable } from './rule-page.ts';

/** The policies of this release, the oldest first. */
export const releasedPolicies: readonly PolicyDocument[] = policyIds()
  .flatMap((id) => policyDocument(id) ?? [])
  .toSorted((a, b) => (a.effective < b.effective ? -1 : 1));

const bounds = (range: Range | undefined, figure: FigureName): string => boundsInWords(range ?? {}, figure);
const figure = (value: number | 'unknown'): string => (value === 'unknown' ? value : grouped(value));
const inForce = ({ effective, inForce: how }: PolicyDocument): string =>
  how === 'by-date' ? `In force from ${effective} on.` : `Chosen by its name alone; counted from ${effective} on.`;

/** The sources that these rows cite, each with where it is and how sure it is. */
const cited = ({ sources }: PolicyDocument, rows: readonly { readonly sources: readonly string[] }[]): string[] =>
  [...new Set(rows.flatMap((row) => row.sources))].map((name) => `${name}: ${sources[name]?.where} (${sources[name]?.certainty})`);

export const eligibilityTable = (policy: PolicyDocument): RuleTable => ({
  title: policy.id,
  before: [`${policy.title}. ${inForce(policy)}`],
  head: ['#', 'row', 'products', 'TPP', 'DRAM bandwidth', 'route', 'sources'],
  rows: policy.eligibility.map((row, index) => [
    String(index + 1),
    row.name,
    row.products?.join(', ') ?? 'any',
    bounds(row.tpp, 'tpp'),
    bounds(row.bandwidth, 'bandwidth'),
    row.route,
    row.sources.join(', '),
  ]),
  after: cited(policy, policy.eligibility),
});

export function levyTable(policy: PolicyDocument): RuleTable {
  const { base, payer, borneBy, trigger, refundable, exemptions, bands } = policy.levy;
  return {
    title: policy.id,
    before: [
      `${inForce(policy)} Base: ${base}. Payer: ${payer}; borne in the price by: ${borneBy}. Trigger: ${trigger}. Refundable: ${refundable}.`,
      ...(exemptions.length > 0 ? [`Exempt, none of it an export to China: ${exemptions.join('; ')}.`] : []),
    ],
    head: ['#', 'row', 'TPP', 'DRAM bandwidth', 'rate', 'sources'],
    rows: bands.map((band, index) => [
      String(index + 1),
      band.name,
      bounds(band.tpp, 'tpp'),
      bounds(band.bandwidth, 'bandwidth'),
      `${band.percent} %`,
      band.sources.join(', '),
    ]),
    after: cited(policy, bands),
  };
}

const productSources = [...new Set([...productTable().values()].flatMap(({ sources }) => sources))];

export const productsTable: RuleTable = {
  title: 'Figures',
  before: ['TPP is total processing performance (note to ECCN 3A090); bandwidth is that of all DRAM together.'],
  head: ['product', 'maker', 'TPP', 'DRAM bandwidth, GB/s', 'memory, GB', 'certainty', 'sources'],
  rows: [...productTable().values()].map(({ code, maker, tpp, bandwidth, memoryGb, certainty, sources }) => [
    code,
    maker,
    figure(tpp),
    figure(bandwidth),
    figure(memoryGb),
    certainty,
    sources.map((one) => String(productSources.indexOf(one) + 1)).join(', '),
  ]),
  after: productSources.map((one, index) => `source ${index + 1}: ${one}`),
};

/** What `twokey classify` answers for each product under each policy. */
export const routesOfProducts: RuleTable = {
  title: 'Route and levy under each policy',
  head: ['product', ...releasedPolicies.map(({ id }) => id)],
  rows: [...productTable().keys()].map((code) => [code, ...releasedPolicies.map((policy) => judged(policy, code))]),
};

function judged(policy: PolicyDocument, code: string): string {
  const spec = findProduct(code);
  if (!spec) throw new Error(`the product table lost ${code} while it was read`);
  const { eligibility, levy: rules } = pinned(policy, spec);
  const { basisPoints, band } = levyOf(rules, spec);
  const rate = basisPoints === 'unknown' ? 'levy unknown' : `${basisPoints / 100} %`;
  return `${classify(spec, eligibility).route}, ${rate}${band === null ? '' : ` (${band})`}`;
}

export const endUseVerdicts = ({ id, endUses: { us, china } }: PolicyDocument): RuleTable => ({
  title: id,
  head: ['end use', 'United States', 'China', 'together'],
  rows: endUses.map((use) => [use, us[use], china[use], endUseFinding({ us: us[use], china: china[use] }).then]),
});

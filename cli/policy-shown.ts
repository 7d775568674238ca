import { boundsInWords } from '../domain/rules/figure-words.ts';
import type { FigureRanges } from '../domain/rules/possible-figures.ts';
import type { PolicyDocument } from '../edge/policy-form.ts';
import { count, part } from './output.ts';
import { reviewRows } from './policy-review-shown.ts';

const list = (words: readonly string[] | undefined): string => words?.join(', ') ?? '';

/** Everything that a policy says, each part with its sources, readable at 80 columns. */
export function policyLines(policy: PolicyDocument): string[] {
  const { review, license, customers, levy, endUses } = policy;
  return [
    policy.id,
    policy.title,
    policy.inForce === 'by-date' ? `in force from ${policy.effective} on` : `as of ${policy.effective}, for orders that name it`,
    ...part(['review', 'says', 'sources'], [22, 32, 22], reviewRows(review)),
    ...part(
      ['license and customers', 'says', 'sources'],
      [22, 32, 22],
      [
        ['a license is good for', license.validMonths === null ? 'not said' : `${license.validMonths} months`, list(license.sources.validMonths)],
        ['customers', customers.vetting === 'vetted-by-commerce' ? 'vetted by Commerce, each one' : 'not vetted', list(customers.sources.vetting)],
      ],
    ),
    ...part(['product', 'is about', 'route', 'sources'], [18, 22, 21, 13], policy.eligibility.map(eligibilityRow)),
    ...part(['levy', 'says', 'sources'], [22, 32, 22], levyRows(levy)),
    ...part(
      ['band', 'is about', 'rate', 'sources'],
      [18, 30, 7, 19],
      levy.bands.map((band) => [band.name, about(band), `${band.percent} %`, list(band.sources)]),
    ),
    ...part(['quota', 'limit', 'says', 'sources'], [20, 14, 24, 16], policy.quotas.map(quotaRow)),
    ...part(
      ['paper', 'when', 'says', 'sources'],
      [20, 14, 24, 16],
      policy.papers.map(({ name, when, says, from, sources }) => [name, when.replace('-', ' '), `${says}; from ${from}`, list(sources)]),
    ),
    ...part(
      ['end use', 'united states', 'china'],
      [22, 27, 27],
      [
        ...Object.entries(endUses.us).map(([use, us]) => [use, us, endUses.china[use as keyof typeof endUses.china]]),
        ['sources', list(endUses.sources.us), list(endUses.sources.china)],
      ],
    ),
    ...part(
      ['source', 'how sure', 'says'],
      [22, 16, 38],
      Object.entries(policy.sources).map(([name, { certainty, says, where }]) => [name, certainty, `${says.trim()} (${where})`]),
    ),
  ];
}

const eligibilityRow = (row: PolicyDocument['eligibility'][number]): string[] => [row.name, about(row), row.route, list(row.sources)];

/** Which products a row is about: those that it names, or by what they can do. */
function about(row: FigureRanges & { readonly products?: readonly string[] }): string {
  const bounds = [
    ...(row.tpp ? [`TPP ${boundsInWords(row.tpp, 'tpp')}`] : []),
    ...(row.bandwidth ? [`bandwidth ${boundsInWords(row.bandwidth, 'bandwidth')}`] : []),
  ];
  return [...(row.products ? [list(row.products)] : []), ...bounds].join('; ') || 'all that is left';
}

const levyRows = ({ base, payer, borneBy, trigger, refundable, exemptions, sources }: PolicyDocument['levy']): string[][] => [
  ['base', base.replaceAll('-', ' '), list(sources.base)],
  ['payer', payer.replaceAll('-', ' '), list(sources.payer)],
  ['borne in the price by', borneBy, list(sources.borneBy)],
  ['due', trigger.replaceAll('-', ' '), list(sources.trigger)],
  ['refundable', refundable, list(sources.refundable)],
  ['exempt', exemptions.join('; ') || 'nothing', list(sources.exemptions)],
];

function quotaRow(quota: PolicyDocument['quotas'][number]): string[] {
  const limit =
    quota.kind === 'share-of-us-volume'
      ? `${quota.percent} %, counted in ${quota.countedIn === 'unknown' ? 'what is not known' : quota.countedIn}`
      : `${count(quota.units)} units`;
  return [quota.name, limit, quota.kind === 'share-of-us-volume' ? quota.says : `${quota.says}: ${list(quota.products)}`, list(quota.sources)];
}

import { describe, expect, it } from 'vitest';
import { checkPolicyFile } from '../../edge/policy-check.ts';
import { type PolicyFaultCode, policyFaultCodes } from '../../edge/policy-fault.ts';
import { policyFile, policyIds } from '../../edge/policies.ts';
import { changedPolicy, goodPolicy } from './good-policy.ts';
import { temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const check = (text: string) => checkPolicyFile(folder.write('policy.yaml', text));

interface BadFile {
  readonly code: PolicyFaultCode;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  /** The text that the fault's line and column must point at. */
  readonly at: string;
  readonly says: string;
}

const second = '- { name: large-and-slow, tpp: { from: 4800 }, bandwidth: { below: 6500 }';
const band = '- { name: band, tpp: { above: 14000, below: 17500 }';
/** Files with one fault, each class at least once. */
const badFiles: readonly BadFile[] = [
  { code: 'unreadable', from: 'title: A policy', to: 'title: [A policy', path: '', at: '', says: 'Flow sequence' },
  { code: 'unknown-key', from: 'limitDays: 90', to: 'limitDays: 90\n  limitWeeks: 12', path: 'review.limitWeeks', at: 'limitWeeks: 12', says: 'unknown field' },
  { code: 'unknown-key', from: '{ reading: exact }', to: '{ reading: exact, zone: UTC }', path: 'review.day.zone', at: 'zone: UTC', says: 'unknown field' },
  { code: 'invalid-value', from: 'opinionDays: 30', to: 'opinionDays: thirty', path: 'review.opinionDays', at: 'thirty', says: 'expected number' },
  {
    ...{ code: 'invalid-value', from: '{ reading: exact }', to: '{ reading: day-end, zone: America/Springfield }' },
    ...{ path: 'review.day.zone', at: 'America/Springfield', says: 'IANA' },
  },
  { code: 'invalid-value', from: 'finalDays: 45', to: 'finalDays: 20', path: 'review.intentToDeny', at: '{ respondDays', says: 'below finalDays' },
  {
    ...{ code: 'invalid-value', from: '{ goesTo: president }', to: '{ goesTo: oc-chair, appealDays: 5, acepDays: 11, earbDays: 11 }' },
    ...{ path: 'review.disagreement.chairDays', at: '{ goesTo', says: 'expected number' },
  },
  { code: 'name-twice', from: 'name: each', to: 'name: half', path: 'quotas[1].name', at: 'half, says: For each', says: 'stands in this table before' },
  { code: 'missing-source', from: '    limitDays: [rule]\n', to: '', path: 'review.limitDays', at: 'limitDays: 90', says: 'without a source' },
  { code: 'missing-source', from: 'percent: 25, sources: [rule]', to: 'percent: 25', path: 'levy.bands[0]', at: '{ name: band', says: 'without a source' },
  { code: 'missing-source', from: '  sources: { us: [rule] }\n', to: '', path: 'endUses.us', at: 'us: { model', says: 'without a source' },
  {
    code: 'unknown-source',
    from: '{ validMonths: [rule] }',
    to: '{ validMonths: [rule, law] }',
    path: 'license.sources.validMonths[1]',
    at: 'law]',
    says: 'no source law',
  },
  {
    code: 'unknown-source',
    from: '{ validMonths: [rule] }',
    to: '{ validMonths: [constructor] }',
    path: 'license.sources.validMonths[0]',
    at: 'constructor]',
    says: 'expected',
  },
  {
    ...{ code: 'unused-source', from: 'review:\n', to: '  rumor: { says: More, where: Somewhere, certainty: memory }\nreview:\n' },
    ...{ path: 'sources.rumor', at: 'rumor: {', says: 'cited nowhere' },
  },
  {
    ...{ code: 'unused-number', from: '{ goesTo: president }', to: '{ goesTo: president, chairDays: 14 }' },
    ...{ path: 'review.disagreement.chairDays', at: 'chairDays: 14', says: 'goes to the President at once' },
  },
  {
    code: 'unused-number',
    from: band,
    to: band.replace('above', 'from: 14000, above'),
    path: 'levy.bands[0].tpp.from',
    at: 'from: 14000',
    says: '14000 or more anyway',
  },
  {
    code: 'unused-number',
    from: band,
    to: band.replace('above', 'from: 14001, above'),
    path: 'levy.bands[0].tpp.above',
    at: 'above: 14000',
    says: 'above 14000 anyway',
  },
  {
    ...{ code: 'unused-number', from: band, to: `${band}, bandwidth: { from: 0 }` },
    ...{ path: 'levy.bands[0].bandwidth.from', at: 'from: 0 }', says: '0 or more' },
  },
  { code: 'gap', from: '{ below: 6500 }', to: '{ below: 6499 }', path: 'eligibility', at: '- { name: named', says: 'TPP of 4800 and a bandwidth of 6499 GB/s' },
  { code: 'gap', from: second, to: second.replace('from: 4800', 'above: 4800'), path: 'eligibility', at: '- { name: named', says: 'TPP of 4800 and' },
  { code: 'gap', from: '    - { name: outside, percent: 0, sources: [rule] }\n', to: '', path: 'levy.bands', at: '- { name: band', says: 'no row is about' },
  { code: 'overlap', from: '{ below: 6500 }', to: '{ below: 6501 }', path: 'eligibility[3]', at: '{ name: large-and-fast', says: 'so is large-and-slow' },
  {
    ...{
      code: 'unreachable-row',
      from: '- { name: large-and-fast, tpp: { from: 4800 }',
      to: '- { name: rest, route: case-by-case, sources: [rule] }\n  - { name: late',
    },
    ...{ path: 'eligibility[4]', at: '{ name: late', says: 'in earlier rows' },
  },
  { code: 'unreachable-row', from: band, to: band.replace('17500', '14000'), path: 'levy.bands[0]', at: '{ name: band', says: 'no figure lies within' },
  {
    ...{
      code: 'unreachable-row',
      from: '- { name: small',
      to: '- { name: again, products: [H20, MI308], route: case-by-case, sources: [rule] }\n  - { name: small',
    },
    ...{ path: 'eligibility[1].products[1]', at: 'MI308], route: case', says: 'MI308 is always' },
  },
  {
    ...{ code: 'unreachable-row', from: 'levy:\n', to: '  - { name: late, products: [H200], route: needs-ruling, sources: [rule] }\nlevy:\n' },
    ...{ path: 'eligibility[4].products[0]', at: 'H200], route: needs', says: 'H200 is always' },
  },
];

/** The place of a text in another, both counted from 1. */
function placeOf(text: string, at: string): { readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf(at)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe('checking policies', () => {
  it('finds nothing wrong with the policies of this release', () => {
    expect(policyIds().length).toBeGreaterThan(3);
    for (const id of policyIds()) expect(checkPolicyFile(policyFile(id)), id).toEqual([]);
  });

  it('finds nothing wrong with the good policy, from which the bad ones are made', () => {
    expect(check(goodPolicy)).toEqual([]);
  });

  it.each(badFiles)('finds $code: $to', ({ code, from, to, path, at, says }) => {
    const text = changedPolicy(from, to);
    const [fault, ...others] = check(text);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code, path, message: expect.stringContaining(says) });
    if (at !== '') expect(fault).toMatchObject(placeOf(text, at));
  });

  it('has a bad file of every class of faults', () => {
    expect(new Set(badFiles.map(({ code }) => code))).toEqual(new Set(Object.keys(policyFaultCodes)));
  });

  it('tells every fault at once, in the order of the file', () => {
    const faults = check(
      changedPolicy('{ goesTo: president }', '{ goesTo: president, chairDays: 14, earbDays: 11 }').replace('{ below: 6500 }', '{ below: 7000 }'),
    );
    expect(faults.map(({ code }) => code)).toEqual(['unused-number', 'unused-number', 'overlap']);
  });
});

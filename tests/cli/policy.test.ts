import { beforeAll, describe, expect, it } from 'vitest';
import { changedPolicy, goodPolicy } from '../edge/good-policy.ts';
import { Cli, expectFailure, expectSentence, onlyDocumentOf } from '../support/cli.ts';
import { policyDocument, policyIds, policyInForce } from '../../edge/policies.ts';
import { dayIn, washington } from '../../edge/zones.ts';

/** No engine is known here: policies are read without one. */
let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

describe('twokey policy list', () => {
  it('lists every policy with its first day, and which one an order has today', async () => {
    const today = dayIn(washington, Date.now());
    const listed = (await cli.json('policy', 'list')) as { readonly policies: readonly { readonly id: string; readonly isInForceToday: boolean }[] };
    expect(listed).toMatchObject({ today, policies: policyIds().map((id) => ({ id, title: expect.any(String), effective: policyDocument(id)?.effective })) });
    expect(listed.policies.filter(({ isInForceToday }) => isInForceToday).map(({ id }) => id)).toEqual([policyInForce(today).id]);
    const text = await cli.text('policy', 'list');
    for (const id of policyIds()) expect(text).toContain(`\n${id} `);
    expect(text).toMatch(/us-ladder +2026-01-15 +by name only/);
    expect(widest(text)).toBeLessThanOrEqual(80);
  });
});

describe('twokey policy show', () => {
  it.each(policyIds())('tells all of %s within 80 columns, nothing cut off', async (id) => {
    const text = await cli.text('policy', 'show', id);
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).not.toContain('…');
    const folded = text.replaceAll(/\s+/g, ' ');
    const policy = policyDocument(id);
    for (const name of Object.keys(policy?.sources ?? {})) expect(folded).toContain(name);
    for (const { route } of policy?.eligibility ?? []) expect(text).toContain(route);
    expect(await cli.json('policy', 'show', id)).toEqual(policy);
  });

  it('tells of the ladder its days, and whose table ends where', async () => {
    const text = (await cli.text('policy', 'show', 'us-ladder')).replaceAll(/\s+/g, ' ');
    for (const said of ['chair of the', '14 days', '48 months', '25 %', '75,000 units', '50 %', 'with the calendar day in', 'all that is left'])
      expect(text).toContain(said);
  });

  it.each(['nowhere', '../package', 'constructor'])('does not know %j, and says which there are', async (id) => {
    expect(await expectFailure(cli, 2, 'policy-unknown', 'policy', 'show', id)).toContain('2026-01-rule');
  });
});

describe('twokey policy diff', () => {
  it('tells what differs by where it stands, old and new', async () => {
    const { changes } = (await cli.json('policy', 'diff', '2026-01-rule', 'us-ladder')) as { readonly changes: readonly { readonly path: string }[] };
    const rules = changes.filter(({ path }) => !path.includes('sources'));
    expect(rules).toEqual([
      { path: 'id', from: '2026-01-rule', to: 'us-ladder' },
      { path: 'title', from: expect.any(String), to: expect.any(String) },
      { path: 'inForce', from: 'by-date', to: 'by-name' },
      { path: 'review.day.reading', from: 'exact', to: 'day-end' },
      { path: 'review.disagreement.goesTo', from: 'president', to: 'oc-chair' },
      { path: 'review.day.zone', to: 'America/New_York' },
      { path: 'review.disagreement.chairDays', to: 14 },
      { path: 'review.disagreement.appealDays', to: 5 },
      { path: 'review.disagreement.acepDays', to: 11 },
      { path: 'review.disagreement.earbDays', to: 11 },
    ]);
  });

  it('holds rows together by their names', async () => {
    const { changes } = (await cli.json('policy', 'diff', '2025-08-revenue-share', '2025-12-announcement')) as { readonly changes: readonly object[] };
    expect(changes).toContainEqual({ path: 'levy.bands[revenue-share].percent', from: 15, to: 25 });
    expect(changes).toContainEqual({ path: 'eligibility[announced].route', to: 'case-by-case' });
  });

  it('of a policy with itself says so, and nothing else', async () => {
    expect(await cli.json('policy', 'diff', 'us-ladder', 'us-ladder')).toEqual({ from: 'us-ladder', to: 'us-ladder', changes: [] });
    expect(await cli.text('policy', 'diff', 'us-ladder', 'us-ladder')).toBe('us-ladder and us-ladder say the same\n');
  });

  it('is readable at 80 columns', async () => {
    const text = await cli.text('policy', 'diff', '2025-12-announcement', 'us-ladder');
    expect(widest(text)).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^review\.appealDays +null +45$/m);
  });
});

describe('twokey policy check', () => {
  it('finds nothing wrong with those of this release', async () => {
    const { checked } = (await cli.json('policy', 'check')) as { readonly checked: readonly { readonly faults: readonly unknown[] }[] };
    expect(checked.map(({ faults }) => faults)).toEqual(policyIds().map(() => []));
    expect(await cli.text('policy', 'check', 'us-ladder')).toMatch(/us-ladder\.yaml: nothing is wrong\n$/);
  });

  it('tells each fault of a file with its place and kind, and ends with 1', async () => {
    const good = cli.write(goodPolicy, 'good.yaml');
    const bad = cli.write(
      changedPolicy('{ goesTo: president }', '{ goesTo: president, chairDays: 14 }').replace('{ below: 6500 }', '{ below: 6499 }'),
      'bad.yaml',
    );
    const ran = await cli.run('policy', 'check', good, bad);
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(ran.stdout.split('\n')).toEqual([
      'good.yaml: nothing is wrong',
      expect.stringMatching(/^bad\.yaml:14:38: review\.disagreement\.chairDays: .+ \(unused-number\)$/),
      expect.stringMatching(/^bad\.yaml:38:3: eligibility: no row is about .+ \(gap\)$/),
      '',
    ]);
    const asJson = await cli.run('policy', 'check', good, bad, '--json');
    expect(asJson.exitCode).toBe(1);
    expect(onlyDocumentOf(asJson)).toEqual({
      checked: [
        { file: 'good.yaml', faults: [] },
        {
          file: 'bad.yaml',
          faults: [
            { code: 'unused-number', path: 'review.disagreement.chairDays', line: 14, column: 38, message: expect.any(String) },
            { code: 'gap', path: 'eligibility', line: 38, column: 3, message: expect.any(String) },
          ],
        },
      ],
    });
  });

  it.each([
    ['a file that is not there', 'nowhere.yaml', undefined],
    ['nothing', 'empty.yaml', ''],
    ['a file whose fault would clear a terminal', 'hostile.yaml', `${goodPolicy}"\\e[2Jkey": 1\n`],
  ])('tells of %s in a line', async (_what, name, text) => {
    if (text !== undefined) cli.write(text, name);
    const ran = await cli.run('policy', 'check', name);
    expect(ran.exitCode).toBe(1);
    expectSentence(ran.stdout);
    expect(ran.stdout).toContain(name);
  });
});

it('twokey policy without a word of what shows how it is used', async () => {
  const ran = await cli.run('policy');
  expect(ran.exitCode).toBe(2);
  for (const name of ['list', 'show', 'diff', 'check']) expect(ran.stderr).toMatch(new RegExp(`^ {2}${name} `, 'm'));
});

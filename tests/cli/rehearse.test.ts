import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cli, expectFailure, expectSentence } from '../support/cli.ts';

const scenarios = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const article = `${scenarios}the-article.yaml`;
const silence = `${scenarios}silence-for-thirty-days-is-no-objection-and-no-approval.yaml`;
const denied = `${scenarios}china-denies-after-the-license-and-the-stock-is-free-for-another.yaml`;
const cli = new Cli();

const toldSchema = z.strictObject({
  scenario: z.string(),
  engine: z.enum(['core', 'temporal']),
  orders: z.record(
    z.string(),
    z.strictObject({
      stage: z.string(),
      outcome: z.string().nullable(),
      waitingOn: z.array(z.string()),
      units: z.int(),
      unitsShipped: z.int(),
      levyMinor: z.int(),
      timeline: z.array(z.looseObject({ at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/), event: z.string(), by: z.string().optional() })).min(1),
    }),
  ),
  refused: z.array(z.strictObject({ step: z.int(), code: z.string(), message: z.string() })),
  differences: z.array(z.strictObject({ where: z.string(), expected: z.string(), was: z.string() })),
  passed: z.boolean(),
});
const documentsOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => toldSchema.parse(JSON.parse(line)));

describe('twokey rehearse', () => {
  it('tells one story as a timeline under its days, and how its orders ended', async () => {
    const told = await cli.text('rehearse', article);
    expect(told).toMatch(/^Three orders of the article reach their ends\n\nday 0 {2}Mon, 22 Dec 2025\n/);
    expect(told).toMatch(/\nday 30 {2}Wed, 21 Jan 2026\n {2}00:00 {2}B-1002 {2}us\.energy silent: deemed no objection\n/);
    expect(told).toMatch(/ -> us-review, waits on us\.president to presidential-decision\n/);
    expect(told).toMatch(/\nA-1001 {2}delivered +6,000 x H200 {2}USD 45,000,000\.00\n/);
  });

  it('tells several with a line each', async () => {
    expect(await cli.text('rehearse', article, silence)).toBe(
      'passed  Three orders of the article reach their ends\npassed  Silence for thirty days is no objection and no approval\n2 passed, 0 failed\n',
    );
  });

  it('answers scripts with one JSON document a file', async () => {
    const ran = await cli.run('rehearse', '--json', article, silence, denied);
    expect(ran.exitCode).toBe(0);
    const [first, second, third] = documentsOf(ran.stdout);
    expect(first?.orders['A-1001']).toMatchObject({ stage: 'closed', outcome: 'delivered', units: 6_000, unitsShipped: 6_000, levyMinor: 4_500_000_000 });
    expect(second?.orders['R-2001']?.timeline).toContainEqual({ at: '2026-01-21T15:00Z', event: 'agency-deemed', agency: 'us.energy' });
    expect(third).toMatchObject({ engine: 'core', passed: true, differences: [] });
  });

  it('says the same of a story on a real engine, word for word and document for document', async () => {
    const onCore = await cli.run('rehearse', '--json', silence, denied);
    const onTemporal = await cli.spawned(['rehearse', '--json', '--engine', 'temporal', silence, denied], 120_000);
    expect(onTemporal.exitCode).toBe(0);
    expect(documentsOf(onTemporal.stdout)).toEqual(documentsOf(onCore.stdout).map((told) => ({ ...told, engine: 'temporal' })));
    const { stdout } = await cli.spawned(['rehearse', '--engine', 'temporal', silence], 120_000);
    expect(stdout).toBe(await cli.text('rehearse', silence));
  }, 300_000);
});

describe('a rehearsal on a real engine that a person ends', () => {
  const childrenOf = (pid: number | undefined): string[] => {
    const { stdout } = spawnSync('ps', ['--ppid', String(pid), '-o', 'pid=,args='], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => /start-dev|embedded-main|workers\/main/.test(line));
  };

  it('closes what it has opened, and says that nothing is kept', async () => {
    const bin = fileURLToPath(new URL('../../bin/twokey.js', import.meta.url));
    const child = spawn(process.execPath, [bin, 'rehearse', '--engine', 'temporal', article, silence], { env: { ...process.env, TWOKEY_HOME: cli.home } });
    let said = '';
    child.stderr.on('data', (data: Buffer) => void (said += data.toString()));
    const ended = once(child, 'exit');
    while (childrenOf(child.pid).length < 2) await wait(50);
    const opened = childrenOf(child.pid).map((line) => Number(line.trim().split(' ')[0]));
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    expect(said).toContain('interrupted: nothing of the rehearsal is kept');
    for (const pid of opened) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  }, 120_000);
});

describe('a story that ends otherwise than it expects', () => {
  const changed = (from: string, to: string): string => {
    const text = readFileSync(article, 'utf8');
    expect(text).toContain(from);
    return cli.write(text.replace(from, to));
  };

  it.each([
    ['an outcome', 'outcome: denied-by-china', 'outcome: delivered', 'B-1002 outcome', 'delivered', 'denied-by-china'],
    ['a levy', 'levyMinor: 4500000000', 'levyMinor: 2700000000', 'A-1001 levyMinor', '2700000000', '4500000000'],
    [
      'an act that is refused',
      'by: us.president, act: presidential-decision, decision: approve',
      'by: us.president, act: presidential-decision, decision: deny',
      'step 21: B-1002 issue-license by us.commerce',
      'taken',
      'refused as decided-by-president (order B-1002: the President has denied. Accepted: deny)',
    ],
  ])('shows %s as expected and was, and exits with 1', async (_what, from, to, where, expected, was) => {
    const file = changed(from, to);
    const ran = await cli.run('rehearse', file);
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain(`not as expected: ${where}\n  expected  ${expected}\n  was       ${was}`);
    const document = await cli.run('rehearse', '--json', silence, file);
    expect(document.exitCode).toBe(1);
    const [, second] = documentsOf(document.stdout);
    expect(second).toMatchObject({ passed: false });
    expect(second?.differences[0]).toMatchObject({ where, expected, was });
  });
});

describe('a file that is no scenario', () => {
  const good = readFileSync(silence, 'utf8');
  const levels = 'bcdefghijklmnop'.split('').map((name, index) => `${name}: &${name} [${Array(20).fill(`*${'abcdefghijklmno'[index]}`).join(', ')}]`);

  it.each([
    [
      'a step before its order',
      good.replace('    fileApplication:', '    submitted: 2026-01-01\n    fileApplication:'),
      /:20:11: steps\[0\]\.at: 2025-12-22T15:00Z is earlier than order R-2001 is submitted/,
    ],
    ['an unknown act', good.replace('act: refer }', 'act: defer }'), /:20:\d+: steps\[1\]\.act: expected one of cancel/],
    [
      'an expectation about an unknown order',
      good.replace('  - order: R-2001\n    stage: china', '  - order: R-9\n    stage: china'),
      /:\d+:12: expect\[0\]\.order: no order R-9 in this scenario, expected one of R-2001/,
    ],
    [
      'times that go backward',
      good.replace('at: 2026-01-14,', 'at: 2026-01-02,'),
      /:22:11: steps\[3\]\.at: 2026-01-02 is earlier than the step before it, expected 2026-01-08 or later/,
    ],
    ['a date outside the calendar', good.replace('at: 2026-01-14,', 'at: 2026-02-30,'), /:22:11: steps\[3\]\.at: expected a day such as 2026-01-21/],
    ['a file of 5 MB', `# ${'x'.repeat(5_000_000)}\n${good}`, /:1:1: \d+ bytes, accepted are at most 524288/],
    [
      'anchors that explode',
      ['a: &a [x, x, x, x, x, x, x, x, x, x]', ...levels].join('\n'),
      /:\d+:\d+: aliases stand for more than is reasonable .* expected at most 50 uses of an anchor/,
    ],
    ['a deeply nested list', `scenario: ${'['.repeat(50_000)}`, /:\d+:\d+: /],
    ['no text', Uint8Array.from({ length: 300 }, (_, index) => index % 256), /:1:1: not UTF-8/],
    ['two documents', `${good}---\n${good}`, /:\d+:1: more than one document, expected one/],
  ])('%s is told with its place, exit 2', async (_what, text, said) => {
    const message = await expectFailure(cli, 2, 'invalid-document', 'rehearse', silence, cli.write(text));
    expect(message).toMatch(said);
  });

  it('is told when it is not there, or is a folder, before any story is told', async () => {
    expect(await expectFailure(cli, 2, 'invalid-document', 'rehearse', silence, join(cli.home, 'none.yaml'))).toContain('none.yaml: no such file');
    mkdirSync(join(cli.home, 'stories'));
    expect(await expectFailure(cli, 2, 'invalid-document', 'rehearse', join(cli.home, 'stories'))).toContain('a folder, expected a file');
  });

  it.each([[['rehearse']], [['rehearse', '--engine', 'paper', silence]], [['rehearse', '--fast', silence]]])('usage %j exits with 2', async (args) => {
    const ran = await cli.run(...args);
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
  });
});

import { describe, expect, test } from 'vitest';
import { committedFiles, lint, lintSeeded, root } from './linted-folder.ts';

/** One violation a row: the rule that must name it, and the file that breaks it. */
const seeded = [
  ['eslint(no-restricted-imports)', 'domain/reads-disk.ts', `import { readFile } from 'node:fs/promises';\nexport const read = readFile;\n`],
  ['eslint(no-restricted-imports)', 'domain/knows-temporal.ts', `export { sleep } from '@temporalio/workflow';\n`],
  ['eslint(no-restricted-imports)', 'domain/imports-later.ts', `export const later = () => import('../ledger/books.ts');\n`],
  ['eslint(no-restricted-imports)', 'domain/stages/keeps-books.ts', `export { books } from '../../ledger/books.ts';\n`],
  ['eslint(no-restricted-properties)', 'domain/reads-clock.ts', 'export const now = (): number => Date.now();\n'],
  ['eslint(no-restricted-properties)', 'domain/rolls-dice.ts', 'export const dice = (): number => Math.random();\n'],
  ['twokey(no-present-moment)', 'domain/reads-date.ts', 'export const today = (): Date => new Date();\n'],
  ['twokey(no-locale)', 'domain/speaks-here.ts', 'export const text = (at: Date): string => at.toLocaleDateString();\n'],
  ['eslint(no-restricted-globals)', 'domain/speaks-intl.ts', 'export const format = new Intl.NumberFormat();\n'],
  ['eslint(no-restricted-imports)', 'workflows/calls-steps.ts', `export { act } from '../activities/act.ts';\n`],
  ['eslint(no-restricted-imports)', 'workflows/reads-disk.ts', `export { readFile } from 'fs/promises';\n`],
  ['eslint(no-restricted-imports)', 'workflows/is-a-client.ts', `export { Client } from '@temporalio/client';\n`],
  ['eslint(no-restricted-imports)', 'workflows/parses.ts', `export { z } from 'zod';\n`],
  ['eslint(no-restricted-globals)', 'workflows/asks-world.ts', `export const ask = () => fetch('http://localhost');\n`],
  ['eslint(no-restricted-imports)', 'engine/reads-files.ts', `export { anything } from '../edge/anything.ts';\n`],
  ['eslint(no-restricted-imports)', 'engine/runs-workflow.ts', `export { order } from '../workflows/order.ts';\n`],
  ['eslint(no-restricted-imports)', 'engine/makes-sinks.ts', `export { journal } from '../workflows/journal.ts';\n`],
  ['eslint(no-restricted-imports)', 'rehearsal/calls-steps.ts', `export { act } from '../activities/act.ts';\n`],
  ['eslint(no-restricted-properties)', 'ledger/reads-settings.ts', 'export const url = process.env;\n'],
  ['eslint(no-console)', 'cli/shouts.ts', `console.log('done');\n`],
  ['typescript(no-floating-promises)', 'ledger/forgets.ts', `const save = async (): Promise<void> => {};\nsave();\n`],
  [
    'typescript(no-misused-promises)',
    'ledger/misuses.ts',
    'export const all = (ids: string[]): void => ids.forEach(async (id) => void (await Promise.resolve(id)));\n',
  ],
  ['typescript(switch-exhaustiveness-check)', 'ledger/misses.ts', `export function f(a: 'x' | 'y'): void {\n  switch (a) {\n    case 'x':\n  }\n}\n`],
  ['typescript(consistent-type-imports)', 'ledger/by-value.ts', `import { Book } from './books.ts';\nexport type Shelf = Book[];\n`],
  ['typescript(no-explicit-any)', 'ledger/anything.ts', 'export const take = (it: any): void => void it;\n'],
  ['import(no-cycle)', 'ledger/hen.ts', `import { egg } from './egg.ts';\nexport const hen = (): unknown => egg;\n`],
  ['eslint(max-lines)', 'ledger/long.ts', `${'//\n'.repeat(251)}`],
  ['eslint(no-unused-vars)', 'ledger/leftover.ts', 'const leftover = 1;\nexport {};\n'],
] as const;

/** What the seeded files lean on; none of it breaks a rule. */
const sound = {
  'ledger/books.ts': 'export interface Book {\n  readonly title: string;\n}\nexport const books: Book[] = [];\n',
  'ledger/egg.ts': `import { hen } from './hen.ts';\nexport const egg = (): unknown => hen;\n`,
  'activities/act.ts': 'export const act = (): string => "done";\nexport type Act = typeof act;\n',
  'edge/anything.ts': 'export const anything = 1;\nexport type Anything = number;\n',
  'workflows/order.ts': `import type { Act } from '../activities/act.ts';\nexport const order = (act: Act): string => act();\n`,
  'workflows/messages.ts': `export const name = 'order';\n`,
  'workflows/journal.ts': 'export const journal = 1;\nexport type Journal = number;\n',
  'activities/simulated-answers.ts': 'export const answer = 1;\n',
  'rehearsal/answers-alike.ts': `export { answer } from '../activities/simulated-answers.ts';\n`,
  'engine/knows-types.ts': [
    `import type { Anything } from '../edge/anything.ts';`,
    `import { name } from '../workflows/messages.ts';`,
    `import type { Journal } from '../workflows/journal.ts';`,
    `export const known: [Anything, string, Journal] = [1, name, 1];\n`,
  ].join('\n'),
};

describe('oxlint fails on a seeded violation', () => {
  const report = lintSeeded({ ...sound, ...Object.fromEntries(seeded.map(([, file, text]) => [file, text])) });

  test('it exits non-zero', () => {
    expect(report.exitCode).toBe(1);
  });

  test.each(seeded)('%s names %s', (rule, file) => {
    expect(report.findings.filter((one) => one.file === file).map((one) => one.rule)).toContain(rule);
  });

  test('it names nothing in sound files', () => {
    const others = new Set<string>(Object.keys(sound).filter((file) => file !== 'ledger/egg.ts'));
    expect(report.findings.filter((one) => others.has(one.file))).toEqual([]);
  });
});

/** Which folder may import which, by value. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  workflows: ['domain'],
  edge: ['domain'],
  ledger: ['domain'],
  activities: ['domain', 'edge', 'ledger'],
  engine: ['domain', 'ledger'],
  rehearsal: ['domain', 'edge', 'engine', 'ledger', 'trust'],
  trust: ['domain'],
  record: ['domain', 'trust'],
  verifier: [],
  cli: ['domain', 'edge', 'engine', 'ledger', 'record', 'rehearsal', 'trust'],
  gateway: ['domain', 'edge', 'engine', 'ledger'],
  workers: ['activities', 'domain', 'edge', 'engine', 'ledger', 'record', 'trust', 'workflows'],
};
const outside = ['bench', 'bin', 'scripts', 'tests'];

describe('the layers hold', () => {
  const folders = [...Object.keys(mayImport), ...outside];
  const pairs = Object.keys(mayImport).flatMap((from) =>
    folders.filter((to) => to !== from).map((to) => ({ from, to, file: `${from}/deep/imports-${to}.ts` })),
  );
  const targets = folders.map((to) => [`${to}/target.ts`, 'export const target = 1;\n']);
  const report = lintSeeded(Object.fromEntries([...targets, ...pairs.map(({ file, to }) => [file, `export { target } from '../../${to}/target.ts';\n`])]));
  const saidOf = (file: string): string[] =>
    report.findings.filter((one) => one.file === file && one.rule === 'eslint(no-restricted-imports)').map((one) => one.said);

  test.each(Object.keys(mayImport))('%s/ imports what it may and nothing else', (from) => {
    const ofFolder = pairs.filter((pair) => pair.from === from);
    expect(
      ofFolder
        .filter(({ file }) => saidOf(file).length === 0)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(mayImport[from]?.toSorted());
  });

  test('each says what to do instead', () => {
    expect(pairs.flatMap(({ file }) => saidOf(file)).filter((said) => !said.includes(': '))).toEqual([]);
  });

  test('every folder with code in it has its place', () => {
    const inUse = new Set(committedFiles().flatMap((path) => /^([^/]+)\/.*\.[jt]s$/.exec(path)?.[1] ?? []));
    expect([...inUse].filter((folder) => !folders.includes(folder))).toEqual([]);
  });
});

test('oxlint reads every source file of this repository', () => {
  const sources = committedFiles().filter((path) => /\.[jt]s$/.test(path));
  expect(sources.length).toBeGreaterThan(0);
  expect(lint(root).files).toBeGreaterThanOrEqual(sources.length);
});

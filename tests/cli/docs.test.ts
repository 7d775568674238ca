import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandNames } from '../../cli/run-command.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { Cli } from '../support/cli.ts';
import { keepThrowAwayKeyring } from '../../trust/throw-away-home.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

/** The commands in the `sh` blocks of a page, in their order. */
const commandsIn = (file: string): string[] => [...read(file).matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
/** A command line as a shell splits it; the documents quote by double quotes only. */
const wordsOf = (command: string): string[] => [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
const pages = ['README.md', ...globSync('docs/how-to/*.md', { cwd: root }).toSorted()];
/** Some ninety commands. */
const patience = 400_000;

let company: SignedCompany;
let desk: Desk;
let cli: Cli;
/** As `npm start` leaves a home: its keys are thrown away some day. The documents on which the desk records something lie there, too. */
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  cli = Cli.beside(desk.engine.taskQueue);
  await keepThrowAwayKeyring(cli.home, company.keyring);
  for (const document of ['approval.pdf', 'report.pdf', 'letter.pdf']) cli.write(document, document);
  await receiveLot(desk.database, { id: 'lot-of-the-documents', product: 'H200', units: 500 }, Date.now());
});
afterAll(async () => {
  await desk.close();
  company.close();
});

describe('the documents', () => {
  it('name npm scripts that exist', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const named = pages.flatMap((page) => [...read(page).matchAll(/npm (?:run ([a-z:]+)|(start|test))/g)].map(([, run, short]) => run ?? short ?? ''));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it(
    'show commands that work, one after the other',
    async () => {
      const commands = pages.flatMap(commandsIn).filter((command) => command.startsWith('npx twokey'));
      // The first of each command is run in a process of its own, as people do; of these four elsewhere.
      expect(commandNames.filter((name) => !commands.some((command) => wordsOf(command)[2] === name))).toEqual(['start', 'send', 'delegate', 'certificate']);
      const shown = new Set<string>();
      for (const command of commands) {
        const words = wordsOf(command).slice(2);
        const order = words[1] === 'X-2001' ? 'X-2001' : undefined;
        const args = words.map((word) => (/^(examples|scenarios)\//.test(word) ? `${root}/${word}` : word));
        const [name = ''] = words;
        const ran = await (name === 'rehearse' ? cli.spawned(args, 120_000) : shown.has(name) ? cli.run(...args) : cli.spawned(args));
        shown.add(name);
        expect(ran, command).toMatchObject({ exitCode: 0 });
        if (order) await desk.quiet(order);
        if (words[0] === 'submit') await desk.quiet('X-2001');
      }
      const { order, events } = await desk.record('X-2001');
      expect(order).toMatchObject({ usReview: { state: 'licensed' }, chinaReview: { state: 'approved' } });
      expect(events.filter(({ signed }) => signed?.kind === 'recorded').map(({ type }) => type)).toEqual(['purchase-approved', 'inspection-passed']);
    },
    patience,
  );

  it('show scenarios as they stand in their files', () => {
    const shown = pages.flatMap((page) => [...read(page).matchAll(/`(scenarios\/[^`]+\.yaml)`:\n\n```yaml\n([^]*?)```/g)]);
    expect(shown.length).toBeGreaterThan(0);
    for (const [, file = '', text] of shown) expect(text, file).toBe(read(file));
  });

  it('show of a timeline what is told', async () => {
    const [, command = '', shown = ''] = /```sh\nnpx twokey (rehearse [^\n]+)\n```\n\n```text\n([^]*?)```/.exec(read('README.md')) ?? [];
    const { stdout } = await cli.run(...command.split(' ').map((word) => (word.startsWith('scenarios/') ? `${root}/${word}` : word)));
    const lines = shown.split('\n').filter((line) => line !== '' && line.trim() !== '...');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.filter((line) => !stdout.split('\n').includes(line))).toEqual([]);
  });

  it('link to pages that exist', () => {
    const links = globSync('{README.md,docs/**/*.md}', { cwd: root }).flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => new URL(target, `file://${root}/${page}`)),
    );
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) expect(globSync(fileURLToPath(link)), link.href).toHaveLength(1);
  });
});

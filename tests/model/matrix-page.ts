import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { statedBounds } from './bounds.ts';
import type { Exploration } from './explore.ts';
import type { Matrix } from './matrix.ts';
import { legend, textOf } from './matrix-text.ts';

const file = new URL('../../docs/state-command-matrix.md', import.meta.url);
const again = 'TWOKEY_WRITE_DOCS=1 npx vitest run --project unit tests/model/model-check.test.ts';
const block = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

/** The page that shows state x command, with the bounds it holds in. */
export function matrixPage(matrix: Matrix, explored: readonly { readonly name: string; readonly all: Exploration }[]): string {
  const counts = explored.map(({ name, all }) => `- ${name}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands`);
  return `${[
    '# What each command does in each state',
    `Written by \`tests/model\`, which visits every state within these bounds and gives it every command. Do not edit; after a change:`,
    block([again]),
    statedBounds.map((bound) => `- ${bound}`).join('\n'),
    'States visited, by the terms of the order:',
    counts.join('\n'),
    'What holds in all of them is in [invariants.md](invariants.md).',
    block(legend),
    ...textOf(matrix).flatMap(({ title, text }) => [`## ${title}`, block([text])]),
  ].join('\n\n')}\n`;
}

/** Writes the page where that is asked for, and otherwise compares it with the one that is kept. */
export function expectFresh(page: string): void {
  if (process.env['TWOKEY_WRITE_DOCS'] === '1') writeFileSync(file, page);
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(kept === page, `docs/state-command-matrix.md is out of date; write it anew with: ${again}`).toBe(true);
}

import { statedBounds } from './bounds.ts';
import type { Exploration } from './explore.ts';
import type { Matrix } from './matrix.ts';
import { legend, textOf } from './matrix-text.ts';

const block = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

/** The page that shows state x command, with the bounds it holds in. */
export function matrixPage(matrix: Matrix, explored: readonly { readonly name: string; readonly all: Exploration }[]): string {
  const counts = explored.map(({ name, all }) => `- ${name}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands`);
  return `${[
    '# What each command does in each state',
    'Written by `npm run docs` from `tests/model`, which visits every state within these bounds and gives it every command.',
    statedBounds.map((bound) => `- ${bound}`).join('\n'),
    'States visited, by the terms of the order:',
    counts.join('\n'),
    'What holds in all of them is in [invariants.md](invariants.md).',
    block(legend),
    ...textOf(matrix).flatMap(({ title, text }) => [`## ${title}`, block([text])]),
  ].join('\n\n')}\n`;
}

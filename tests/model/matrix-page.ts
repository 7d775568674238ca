import { statedBounds } from './bounds.ts';
import type { Exploration } from './explore.ts';
import type { Matrix } from './matrix.ts';
import { blocksOfEdition1, blocksOfReview, legend, textOf } from './matrix-text.ts';
import { statedReviewBounds } from './review/bounds.ts';

const block = (lines: readonly string[]): string => ['```text', ...lines, '```'].join('\n');

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** What has been walked, and what came of each command. */
interface Walks {
  readonly matrix: Matrix;
  readonly explored: readonly { readonly name: string; readonly all: Exploration }[];
}
const countsOf = ({ explored }: Walks): string =>
  list(explored.map(({ name, all }) => `${name}: ${all.nodes.length} states, ${all.transitions} transitions, ${all.commands} commands`));

/** The page that shows state x command, with the bounds it holds in: of orders of edition 1, and of the US review of edition 2. */
export function matrixPage(ofEdition1: Walks, ofReview: Walks): string {
  return `${[
    '# What each command does in each state',
    'Written by `npm run docs` from `tests/model`, which visits every state within stated bounds and gives it every command. What holds in all of them is in [invariants.md](invariants.md).',
    block(legend),
    '## Orders of edition 1, from intake to delivery',
    list(statedBounds),
    'States visited, by the terms of the order:',
    countsOf(ofEdition1),
    ...textOf(ofEdition1.matrix, blocksOfEdition1).flatMap(({ title, text }) => [`### ${title}`, block([text])]),
    '## The US review of edition 2',
    list(statedReviewBounds),
    'States visited, by walk:',
    countsOf(ofReview),
    ...textOf(ofReview.matrix, blocksOfReview).flatMap(({ title, text }) => [`### ${title}`, block([text])]),
  ].join('\n\n')}\n`;
}

import Table from 'cli-table3';
import type { Command } from 'commander';

/** What a command says: one JSON document for scripts, or lines for a person. */
export interface Output {
  readonly json: boolean;
  /** Lines for a person; silent where JSON is asked for. */
  say(...lines: readonly string[]): void;
  /** Lines for a person that are not the answer, on stderr; silent where JSON is asked for. */
  note(...lines: readonly string[]): void;
  /** The result as JSON; silent where lines are asked for. */
  result(value: unknown): void;
}

export const createOutput = (json: boolean): Output => ({
  json,
  say: (...lines) => {
    if (!json) process.stdout.write(`${lines.join('\n')}\n`);
  },
  note: (...lines) => {
    if (!json) process.stderr.write(lines.map((line) => `${visible(line)}\n`).join(''));
  },
  result: (value) => {
    if (json) process.stdout.write(`${JSON.stringify(value)}\n`);
  },
});

const noBorders = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((place) => [place, '']),
);

/** Rows under a heading, columns as wide as they need; of `widths` where those are given, what is longer on lines of its own. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[], widths?: readonly number[]): string {
  const drawn = new Table({
    head: heading.map((text) => text.toUpperCase()),
    chars: { ...noBorders, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    ...(widths && { colWidths: [...widths], wordWrap: true }),
  });
  drawn.push(...rows.map((row) => row.map((cell, column) => folded(cell, widths?.[column] ?? Infinity))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A text whose words fit into a column: longer ones are broken after a hyphen or dot where they have one in time, else where the column ends. */
function folded(text: string, width: number): string {
  return text.replaceAll(/[^\s]+/g, (word) => {
    if (word.length <= width) return word;
    const fits = word.slice(0, width);
    const end = Math.max(fits.lastIndexOf('-'), fits.lastIndexOf('.')) + 1 || width;
    return `${word.slice(0, end)}\n${folded(word.slice(end), width)}`;
  });
}

/** A text with everything that a terminal would act upon or hide written out, such as `\u001b`. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => (one === '\n' || one === '\t' ? one : `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`));

/** A moment as people read it, in UTC: `2026-01-21 15:00`. */
export const moment = (at: number | string): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
export const money = (minor: number, currency: string): string =>
  `${currency} ${(minor / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
export const count = (units: number): string => units.toLocaleString('en-US');

/** Rows under a heading with an empty line before them; nothing where there are none. */
export const part = (heading: readonly string[], widths: readonly number[], rows: readonly (readonly string[])[]): string[] =>
  rows.length === 0 ? [] : ['', table(heading, rows, widths)];

/** Makes the commands of a group such as `twokey license`: each prints JSON where it is asked to, and tells faults in visible text. */
export const subcommandsOf =
  (group: Command) =>
  (name: string, description: string): Command =>
    group
      .command(name)
      .description(description)
      .option('--json', 'print one JSON document')
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(visible(text)) });

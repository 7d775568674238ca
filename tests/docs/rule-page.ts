/** A decision table as a page shows it. */
export interface RuleTable {
  readonly title: string;
  /** What is to be said before the rows; one paragraph a text. */
  readonly before?: readonly string[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be said after them, as a list. */
  readonly after?: readonly string[];
}

/** A page of docs/rules/. */
export interface RulePage {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly tables: readonly RuleTable[];
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const tableText = ({ title, before = [], head, rows, after = [] }: RuleTable): string =>
  [
    `## ${title}`,
    ...before,
    [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'),
    ...(after.length > 0 ? [after.map((one) => `- ${one}`).join('\n')] : []),
  ].join('\n\n');

/** A page as Markdown. */
export const pageText = ({ title, says, tables }: RulePage): string =>
  [`# ${title}`, says, 'Written by `npm run docs` from the code that decides.', ...tables.map(tableText)].join('\n\n');

/** The page that lists the others, with how many rows each table has. */
export function indexText(pages: readonly RulePage[]): string {
  const rows = pages.flatMap(({ name, title, tables }) => tables.map((table) => [`[${title}](${name}.md)`, table.title, String(table.rows.length)]));
  const all = rows.reduce((sum, [, , count]) => sum + Number(count), 0);
  return [
    '# The rules as tables',
    'What twokey decides by, as it stands in the code and in `policies/`. Written by `npm run docs`; a test fails where a page is not fresh.',
    [line(['page', 'table', 'rows']), line(['---', '---', '--:']), ...rows.map(line)].join('\n'),
    `${rows.length} tables with ${all} rows.`,
  ].join('\n\n');
}

/** The rows of a decision table that are tried from the top: each with its number, when it matches, and what it then gives. */
export const firstMatch = (title: string, rows: readonly { readonly name: string; readonly then: string }[], before: readonly string[] = []): RuleTable => ({
  title,
  before,
  head: ['#', 'when', 'then'],
  rows: rows.map(({ name, then }, index) => [String(index + 1), name, then]),
});

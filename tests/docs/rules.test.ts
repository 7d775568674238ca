import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commerceMay } from '../../domain/rules/us-decision.ts';
import { usFindingTable } from '../../domain/rules/us-finding.ts';
import { policyDocument, policyIds } from '../../edge/policies.ts';
import { productTable } from '../../edge/products.ts';
import { expectDocument } from '../support/document.ts';
import { firstMatch, indexText, pageText } from './rule-page.ts';
import { rulePages } from './rule-pages.ts';

const folder = fileURLToPath(new URL('../../docs/rules', import.meta.url));
const index = indexText(rulePages);

function textOf(name: string): string {
  const page = rulePages.find((one) => one.name === name);
  if (!page) throw new Error(`no page of the rules is called ${name}`);
  return pageText(page);
}

/** The rows of all tables of a text, heads left out. */
const rowsOf = (page: string): string[] => {
  const tables = page.split('\n\n').filter((block) => block.startsWith('|'));
  return tables.flatMap((table) => table.trim().split('\n').slice(2));
};

describe('the rules as tables in docs/rules/', () => {
  it.each(rulePages)('$name is fresh', (page) => expectDocument(`rules/${page.name}.md`, pageText(page)));

  it('the index is fresh', () => expectDocument('rules/README.md', index));

  it('are all of the folder: no page is left of a table that is gone', () => {
    const pages = ['README.md', ...rulePages.map(({ name }) => `${name}.md`)];
    expect(globSync('**/*', { cwd: folder }).filter((file) => !pages.includes(file))).toEqual([]);
  });

  it('are counted in the index as they are on the pages', () => {
    const counted = rulePages.map(({ name }) => rowsOf(textOf(name)).length);
    const told = rulePages.map(({ name }) => {
      const lines = rowsOf(index).filter((row) => row.includes(`(${name}.md)`));
      return lines.reduce((sum, row) => sum + Number(row.split('|').at(-2)), 0);
    });
    expect(told).toEqual(counted);
    expect(Math.min(...counted)).toBeGreaterThan(0);
    expect(index).toContain(`with ${counted.reduce((sum, count) => sum + count, 0)} rows.`);
  });

  it('show every row of the tables that decide', () => {
    const rows = policyIds().map((id) => policyDocument(id)?.eligibility.length ?? 0);
    expect(rowsOf(textOf('eligibility')).length).toBe(rows.reduce((sum, count) => sum + count, 0));
    for (const { name } of usFindingTable) expect(textOf('interagency-findings')).toContain(name);
    expect(rowsOf(textOf('commerce-may')).length).toBe(Object.keys(commerceMay).length);
    expect(rowsOf(textOf('products')).length).toBe(2 * productTable().size);
  });

  it('change where a rule does', () => {
    const changed = usFindingTable.map((row, index) => (index === 0 ? { ...row, name: 'another' } : row));
    expect(pageText({ name: 'x', title: 'x', says: 'x', tables: [firstMatch('x', changed)] })).not.toEqual(
      pageText({ name: 'x', title: 'x', says: 'x', tables: [firstMatch('x', usFindingTable)] }),
    );
  });

  it('keep a table a table, whatever stands in a cell', () => {
    const rows = [['a | b', 'c\nd']];
    const text = pageText({ name: 'x', title: 'x', says: 'x', tables: [{ title: 'x', head: ['one', 'two'], rows }] });
    expect(text).toContain('| a \\| b | c d |');
  });
});

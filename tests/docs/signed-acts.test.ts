import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyActName, isAnyActName } from '../../cli/every-act.ts';
import { actNames, actSpec, policyActs } from '../../domain/acts.ts';
import { subjectOf } from '../../domain/signing/subjects.ts';
import type { Field, Fields } from '../../domain/fields.ts';
import { signingRefusals } from '../../domain/signing/refusals.ts';
import { rehearsal } from '../support/orders.ts';
import { expectDocument } from '../support/document.ts';
import { signedExample } from './signed-example.ts';

const page = readFileSync(new URL('../../docs/signed-acts.md', import.meta.url), 'utf8');
const specs = [...actNames.map((name) => [name, actSpec(name)] as const), ...Object.entries(policyActs)];

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (...rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  return [row(...head), row(...head.map(() => '---')), ...body.map((cells) => row(...cells))].join('\n');
};
const code = (text: string): string => `\`${text}\``;

/** What a field takes; names of steps are too many for a table. */
function formOf(form: Field): string {
  if (form.kind !== 'choice') return form.kind === 'texts' ? ' (list)' : '';
  return form.of.length > 5 ? ' (a step that failed)' : ` (${form.of.join(', ')})`;
}
const toldFields = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, form]) => `${code(name)}${formOf(form)}${form.optional ? ', may be left out' : ''}`)
    .join('; ');

const acts = table(
  ['act', 'roles', 'fields', 'confirmed by'],
  ...specs.map(([name, { by, fields, confirmedBy }]) => [code(name), by.join(', '), toldFields(fields), confirmedBy ?? '']),
);
const refusals = table(['code', 'why'], ...Object.entries(signingRefusals).map(([name, why]) => [code(name), why]));

/** The page with what stands between a mark and the next heading, or the end, written anew. */
const withGenerated = (text: string, mark: string, generated: string): string =>
  text.replace(new RegExp(`<!-- ${mark} -->\\n[^]*?(?=\\n## |$(?![^]))`), () => `<!-- ${mark} -->\n\n${generated}\n`);

function nameOf(text: string): AnyActName {
  if (isAnyActName(text)) return text;
  throw new Error(`${text} is no act`);
}

describe('docs/signed-acts.md', () => {
  it('has acts, refusals and example as the code has them', async () => {
    const generated: readonly (readonly [string, string])[] = [
      ['acts', acts],
      ['refusals', refusals],
      ['example', await signedExample()],
    ];
    await expectDocument(
      'signed-acts.md',
      generated.reduce((text, [mark, part]) => withGenerated(text, mark, part), page),
    );
  });

  it('tells of every act the facts that it is about, and of no other act', () => {
    const rows = (/\n## 4\.[^]*?\n## 5\./.exec(page)?.[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    const spans = (text = ''): string[] => [...text.matchAll(/`([\w{}-]+)`/g)].map(([, span = '']) => span);
    const told = rows.flatMap((line) => {
      const [, names, facts] = line.split('|');
      return spans(names).map((name) => [name, spans(facts)] as const);
    });
    expect(told.map(([name]) => name).toSorted()).toEqual([...specs.map(([name]) => name), 'submit'].toSorted());
    const stories = [rehearsal(), rehearsal().submitted(), rehearsal().referred(), rehearsal().licensed(), rehearsal().bothKeys(), rehearsal().delivered()];
    for (const [name, facts] of told.filter(([one]) => one !== 'submit'))
      for (const { order } of stories)
        for (const fact of Object.keys(subjectOf(order, nameOf(name)))) expect(facts, `${name} is about ${fact}`).toContain(fact);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AnyActName, isAnyActName } from '../../cli/every-act.ts';
import { actNames, actSpec, policyActs } from '../../domain/acts.ts';
import { chinaActs } from '../../domain/acts/china.ts';
import { conditionActs } from '../../domain/acts/conditions.ts';
import { decisionActs } from '../../domain/acts/decision.ts';
import { exportActs } from '../../domain/acts/export.ts';
import { filingActs } from '../../domain/acts/filing.ts';
import { goodsActs } from '../../domain/acts/goods.ts';
import { orderActs } from '../../domain/acts/order.ts';
import { reviewActs } from '../../domain/acts/review.ts';
import type { ActSpec } from '../../domain/acts/spec.ts';
import { stepActs } from '../../domain/acts/steps.ts';
import { subjectOf } from '../../domain/signing/subjects.ts';
import type { Field, Fields } from '../../domain/fields.ts';
import { signingRefusals } from '../../domain/signing/refusals.ts';
import { evolve, openOrder } from '../../domain/order.ts';
import type { Order } from '../../domain/state.ts';
import { reviewStories } from '../record/review-stories.ts';
import { makeSigners } from '../record/signed-story.ts';
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
  switch (form.kind) {
    case 'text':
      return '';
    case 'texts':
      return ' (list)';
    case 'count':
      return ' (a number)';
    case 'day':
      return ' (a day)';
    case 'choices':
      return ` (list of ${form.of.join(', ')})`;
    case 'choice':
      return form.of.includes('screen-parties') ? ' (a step that failed)' : ` (${form.of.join(', ')})`;
  }
}
const toldFields = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, form]) => `${code(name)}${formOf(form)}${form.optional ? ', may be left out' : ''}`)
    .join('; ');

/** The acts by what they are about, as domain/acts/ has them. */
const groups: { readonly [title: string]: Readonly<Record<string, ActSpec>> } = {
  'The order, its parties and its stock': orderActs,
  'The application: filing, and ways out of the review': filingActs,
  'The review: positions, questions and the ladder': reviewActs,
  'The decision: conditions, intent to deny and license': decisionActs,
  'Conditions of the license': conditionActs,
  'The Chinese key': chinaActs,
  'Papers and customs of the United States': exportActs,
  'The goods': goodsActs,
  'Steps that failed': stepActs,
  'The policy board': policyActs,
};

const acts = Object.entries(groups)
  .map(([title, group]) => {
    const rows = Object.entries(group).map(([name, { by, fields, confirmedBy, since }]) => [
      ...[code(name), by.join(', '), toldFields(fields), confirmedBy ?? '', since === undefined ? '' : String(since)],
    ]);
    return `### ${title}\n\n${table(['act', 'roles', 'fields', 'confirmed by', 'since'], ...rows)}`;
  })
  .join('\n\n');
const refusals = table(['code', 'why'], ...Object.entries(signingRefusals).map(([name, why]) => [code(name), why]));

/** The page with what stands between a mark and the next heading, or the end, written anew. */
const withGenerated = (text: string, mark: string, generated: string): string =>
  text.replace(new RegExp(`<!-- ${mark} -->\\n[^]*?(?=\\n## |$(?![^]))`), () => `<!-- ${mark} -->\n\n${generated}\n`);

/** Every state that the orders come by whose records tell of every act. */
async function everyState(): Promise<readonly Order[]> {
  const signers = await makeSigners();
  const orders: Order[] = [];
  for (const { tell } of reviewStories) {
    const { story } = await tell(signers);
    orders.push(openOrder(story.order.terms, story.order.policy));
    for (const event of story.events) orders.push(evolve(orders.at(-1) ?? story.order, event));
  }
  return orders;
}

function nameOf(text: string): AnyActName {
  if (isAnyActName(text)) return text;
  throw new Error(`${text} is no act`);
}

describe('docs/signed-acts.md', () => {
  it('has acts, refusals and example as the code has them', async () => {
    expect(Object.values(groups).flatMap((group) => Object.keys(group))).toEqual(specs.map(([name]) => name));
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

  it('tells of every act the facts that it is about, and of no other act', async () => {
    const rows = (/\n## 4\.[^]*?\n## 5\./.exec(page)?.[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    const spans = (text = ''): string[] => [...text.matchAll(/`([\w{}-]+)`/g)].map(([, span = '']) => span);
    const told = rows.flatMap((line) => {
      const [, names, facts] = line.split('|');
      return spans(names).map((name) => [name, spans(facts)] as const);
    });
    expect(told.map(([name]) => name).toSorted()).toEqual([...specs.map(([name]) => name), 'submit', 'import'].toSorted());
    const orders = await everyState();
    expect(orders.length).toBeGreaterThan(300);
    for (const [name, facts] of told.filter(([one]) => one !== 'submit' && one !== 'import'))
      for (const order of orders) for (const fact of Object.keys(subjectOf(order, nameOf(name)))) expect(facts, `${name} is about ${fact}`).toContain(fact);
  });
});

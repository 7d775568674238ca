import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'vitest';
import { importJsonSchema } from '../../edge/import-form.ts';
import { scenarioJsonSchema } from '../../edge/scenario-schema.ts';
import { readScenario } from '../../edge/scenario-file.ts';
import { library } from '../rehearsal/library.ts';
import { expectDocument } from '../support/document.ts';

/** The question that a scenario answers, from the comment at its head. */
function questionOf(file: string): string {
  const [, head = ''] = /^((?:#.*\n)+)/.exec(readFileSync(file, 'utf8')) ?? [];
  return head
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''))
    .join(' ')
    .trim();
}

describe('what is generated into docs/ is fresh', () => {
  it('the form of a scenario file for editors', () => expectDocument('scenario.schema.json', JSON.stringify(scenarioJsonSchema())));

  it('the form of a file of orders in flight for editors', () => expectDocument('import.schema.json', JSON.stringify(importJsonSchema())));

  it('the index of scenarios', () => {
    const lines = library.map(({ file }) => `- [${readScenario(file).title}](../scenarios/${basename(file)}): ${questionOf(file)}`);
    return expectDocument(
      'scenarios.md',
      [
        '# Scenarios',
        '',
        'Whole stories as data, one a rule. Each is played by `npx twokey rehearse FILE`, on the pure core at once or with',
        '`--engine temporal` on a real server, and says itself how it must end. Written by `npm run docs`.',
        '',
        ...lines,
      ].join('\n'),
    );
  });
});

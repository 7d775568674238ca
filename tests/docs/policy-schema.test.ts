import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { policyFile, policyIds } from '../../edge/policies.ts';
import { policyJsonSchema } from '../../edge/policy-schema.ts';
import { changedPolicy, goodPolicy } from '../edge/good-policy.ts';
import { expectDocument } from '../support/document.ts';

/** The schema as an editor has it: read from docs/, understood by another library than the one that wrote it. */
const ajv = new Ajv2020({ allErrors: true, multipleOfPrecision: 6 });
addFormats.default(ajv);
const schema: unknown = JSON.parse(readFileSync(new URL('../../docs/policy.schema.json', import.meta.url), 'utf8'));
const isPolicy = ajv.compile(z.record(z.string(), z.unknown()).parse(schema));

describe('the JSON Schema of policy files', () => {
  it('is fresh', () => expectDocument('policy.schema.json', JSON.stringify(policyJsonSchema())));

  it.each(policyIds())('takes %s', (id) => {
    const taken = isPolicy(parse(readFileSync(policyFile(id), 'utf8')));
    expect(isPolicy.errors ?? []).toEqual([]);
    expect(taken).toBe(true);
  });

  it('takes the good policy of tests', () => {
    expect(isPolicy(parse(goodPolicy))).toBe(true);
  });

  it.each([
    ['an unknown key', 'limitDays: 90', 'limitDays: 90\n  limitWeeks: 12'],
    ['a missing part', 'license:\n  validMonths: 48\n  sources: { validMonths: [rule] }\n', ''],
    ['a number that is a word', 'opinionDays: 30', 'opinionDays: thirty'],
    ['a day that is none', '2026-01-15', 'tomorrow'],
    ['a ladder without its days', '{ goesTo: president }', '{ goesTo: oc-chair }'],
    ['an end use too few', 'autonomous-driving: barred, ', ''],
    ['an unknown product', '[MI308]', '[MI309]'],
    ['an unknown certainty', 'verified-press', 'hearsay'],
    ['a source of a field that there is none of', 'sources: { vetting: [press] }', 'sources: { vetted: [press] }'],
  ])('refuses %s', (_what, from, to) => {
    expect(isPolicy(parse(changedPolicy(from, to)))).toBe(false);
  });
});

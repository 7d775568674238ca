import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { library } from '../rehearsal/library.ts';

/** The schema as an editor has it: read from docs/, understood by another library than the one that wrote it. */
const ajv = new Ajv2020({ allErrors: true });
addFormats.default(ajv);
const schema: unknown = JSON.parse(readFileSync(new URL('../../docs/scenario.schema.json', import.meta.url), 'utf8'));
const isScenario = ajv.compile(z.record(z.string(), z.unknown()).parse(schema));

const article = library[0]?.file ?? '';
const changed = (from: string, to: string): unknown => parse(readFileSync(article, 'utf8').replace(from, to));

describe('the JSON Schema of scenario files', () => {
  it.each(library)('takes $name', ({ file }) => {
    const taken = isScenario(parse(readFileSync(file, 'utf8')));
    expect(isScenario.errors ?? []).toEqual([]);
    expect(taken).toBe(true);
  });

  it.each([
    ['an unknown act', 'act: register', 'act: enrol'],
    ['an unknown role', 'by: us.commerce', 'by: us.congress'],
    ['an unknown position', 'position: no-objection', 'position: fine'],
    ['an act without its field', ', applicationNumber: Z100001', ''],
    ['an unknown field', 'scenario:', 'ending: happy\nscenario:'],
    ['a date that is none', 'start: 2025-12-22', 'start: yesterday'],
    ['half a chip', 'units: 6000', 'units: 0.5'],
    ['an unknown fact', 'event: ', 'event: un'],
  ])('refuses %s', (_what, from, to) => {
    expect(isScenario(changed(from, to))).toBe(false);
  });
});

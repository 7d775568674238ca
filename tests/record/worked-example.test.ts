import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actNames, policyActs } from '../../domain/acts.ts';
import { signingRefusals } from '../../domain/signing/refusals.ts';
import { limits } from '../../record/format.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { tellingsOnPage } from './tellings.ts';
import { workedExample } from './worked-example.ts';

const page = readFileSync(new URL('../../docs/record-format.md', import.meta.url), 'utf8');
const verifier = readFileSync(new URL('../../verifier/verify-record.mjs', import.meta.url), 'utf8');
const example = await workedExample();
const textOf = (name: string): string => example[name] ?? '';

describe('docs/record-format.md', () => {
  it.each(Object.keys(example))('shows %s of the example as the code makes it', (name) => {
    expect(page).toContain(textOf(name).trimEnd());
  });

  it('shows a file that both verifiers find proven', async () => {
    const [, shown = ''] = /```text\n(\{"entries":\[\n[^]*?)```/.exec(page) ?? [];
    expect(shown).toBe(textOf('file'));
    expect(await verifyRecord(shown, { root: textOf('rootId') })).toMatchObject({ verdict: 'proven', inclusion: { position: 1, size: 2 } });
    expect(verifyAlone(shown, textOf('rootId'))).toMatchObject({ verdict: 'proven', order: 'EX-1', count: 2 });
  });

  it('tells the events of each act as the stand-alone verifier has them, and there is no other act', () => {
    const [, tellings = ''] = /const tellings = `([^`]*)`/.exec(verifier) ?? [];
    const shown = tellingsOnPage();
    expect(tellings.split(/\s/).toSorted()).toEqual(shown.map(({ act, events, follows }) => `${act}:${[events.join('|'), ...follows].join('>')}`).toSorted());
    expect(shown.map(({ act }) => act)).toEqual(['submit', 'import', ...actNames, ...Object.keys(policyActs)]);
  });

  it('names every code that a verifier may tell', () => {
    const told = [page, readFileSync(new URL('../../docs/signed-acts.md', import.meta.url), 'utf8')].join('\n');
    const codes = [...readFileSync(new URL('../../record/fault.ts', import.meta.url), 'utf8').matchAll(/^ {2}\| '([a-z0-9-]+)'/gm)].map(
      ([, code = '']) => code,
    );
    expect(codes.length).toBeGreaterThan(25);
    expect([...codes, ...Object.keys(signingRefusals)].filter((code) => !told.includes(`\`${code}\``))).toEqual([]);
  });

  it('names the limits that the code has', () => {
    for (const limit of [limits.fileBytes, limits.leewayMs, limits.latest]) expect(page).toContain(limit.toLocaleString('en-US'));
  });
});

describe('the stand-alone verifier', () => {
  it('has at most 200 lines and needs nothing but Node', () => {
    expect(verifier.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
    const imports = [...verifier.matchAll(/from '([^']+)'/g)].map(([, name = '']) => name);
    expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([]);
    expect(verifier).not.toMatch(/\bimport\(|\brequire\(|\bfetch\(|\beval\(/);
  });
});

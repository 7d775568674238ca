import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordLines } from '../../cli/record-lines.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { signedExample } from './signed-example.ts';

const { text, root } = await signedExample();
const page = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('examples/signed-order.record', () => {
  it('is the record that the code makes', async () => {
    await expect(text).toMatchFileSnapshot('../../examples/signed-order.record');
  });

  it('is proven by both verifiers under the root that the format page names', async () => {
    expect(page('record-format.md')).toContain(root);
    expect(await verifyRecord(text, { root })).toMatchObject({ verdict: 'proven', inclusion: { position: 1, size: 2 } });
    expect(verifyAlone(text, root)).toMatchObject({ verdict: 'proven', order: 'EX-2', acts: { length: 8 } });
  });

  it('is told as docs/how-to/prove-what-happened.md shows it', async () => {
    const verdict = await verifyRecord(text, { root });
    if (!('record' in verdict)) throw new Error(verdict.verdict);
    const told = recordLines(verdict);
    const [, shown = ''] = /record verify examples\/signed-order\.record[^]*?```text\n([^]*?)```/.exec(page('how-to/prove-what-happened.md')) ?? [];
    const lines = shown.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '...');
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => !told.includes(line))).toEqual([]);
  });
});

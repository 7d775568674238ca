import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../domain/events.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { Policy } from '../../domain/policy.ts';
import { chainOf, chainText } from '../../record/chain.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import { readSealed, SealBroken } from '../../record/sealed.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { testDesk } from './keys.ts';
import { deliveredChain, exportedAt } from './records.ts';

interface Kept {
  readonly state: { readonly terms: OrderTerms; readonly policy: Policy };
  readonly events: readonly OrderEvent[];
}
const files = globSync('../histories/*/*.json', { cwd: fileURLToPath(new URL('.', import.meta.url)) });
const readKept = (file: string): Kept => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Kept;

describe('an honest record', () => {
  it.each(files.map((file) => ({ name: basename(file, '.json'), file })))('of the recorded history $name holds, its times included', async ({ file }) => {
    const { state, events } = readKept(file);
    const text = recordText(await exportRecord(chainOf(state, events), { exportedAt, state: 'open' }, null));
    expect(await verifyRecord(text)).toMatchObject({ verdict: 'unsigned' });
    expect(verifyAlone(text)).toMatchObject({ verdict: 'unsigned', count: events.length });
    for (const [index, event] of events.entries()) expect(event.at).toBeGreaterThanOrEqual(events[index - 1]?.at ?? 0);
  });

  it('is proven by the root that vouches for it, with who signed it', async () => {
    const { root, key, vouching } = await testDesk();
    const text = recordText(await exportRecord(deliveredChain(), { exportedAt, state: 'closed' }, vouching));
    const voucher = { keyId: key.id, holder: 'p.desk', role: 'seller.desk', root: root.id };
    expect(await verifyRecord(text, { root: root.id })).toMatchObject({ verdict: 'proven', voucher: { ...voucher, isRootNamed: true }, inclusion: null });
    expect(await verifyRecord(text)).toMatchObject({ verdict: 'proven', voucher: { ...voucher, isRootNamed: false } });
    expect(verifyAlone(text, root.id)).toMatchObject({ verdict: 'proven', order: 'A-1', root: root.id });
  });

  it('holds however its tokens are spaced', async () => {
    const file = await exportRecord(deliveredChain(), { exportedAt, state: 'closed' }, null);
    const text = recordText(file);
    const sorted: unknown = JSON.parse(text);
    for (const written of [JSON.stringify(sorted, null, 2), JSON.stringify(sorted), text.replaceAll('\n', '\r\n\t ')]) {
      expect(await verifyRecord(written)).toMatchObject({ verdict: 'unsigned' });
      expect(verifyAlone(written)).toMatchObject({ verdict: 'unsigned' });
    }
  });

  it('may have no entries, and ends then where its first one would begin', async () => {
    const chain = { ...deliveredChain(), entries: [] };
    const text = recordText(await exportRecord(chain, { exportedAt, state: 'open' }, null));
    expect(await verifyRecord(text)).toMatchObject({ verdict: 'unsigned' });
    expect(verifyAlone(text)).toMatchObject({ verdict: 'unsigned', count: 0 });
  });
});

describe('a sealed record', () => {
  it('is read as it was written', () => {
    const chain = deliveredChain();
    expect(readSealed(chainText(chain))).toEqual(chain);
  });

  it.each([
    ['broken off', (text: string) => text.slice(0, -10), SealBroken],
    ['no record', () => '{"format":"twokey-record/1"}', SealBroken],
    ['changed by hand', (text: string) => text.replace('"D1"', '"D2"'), 'was changed: its hash is another'],
  ] as const)('is not read where it is %s', (_what, change, error) => {
    expect(() => readSealed(change(chainText(deliveredChain())))).toThrow(error);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { exportRecord, recordText } from '../../record/export.ts';
import { RecordFault } from '../../record/fault.ts';
import { limits, type RecordFile } from '../../record/format.ts';
import { requireSize, textOf } from '../../record/read-file.ts';
import { faultOf } from './both.ts';
import { testDesk } from './keys.ts';
import { deliveredChain, exportedAt } from './records.ts';

let record: RecordFile;
let text: string;
beforeAll(async () => {
  record = await exportRecord(deliveredChain(), { exportedAt, state: 'closed' }, null);
  text = recordText(record);
});
/** The text of the record with something in it put otherwise; fails where it does not stand there. */
function put(from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}
const withField = (changes: Readonly<Record<string, unknown>>): string => recordText({ ...record, ...changes } as RecordFile);

describe('bytes that are no text of a record are told with a code and a sentence', () => {
  it.each([
    ['empty', new Uint8Array()],
    ['not-utf8', Uint8Array.of(0x7b, 0xff, 0x7d)],
  ])('%s', (code, bytes) => {
    expect(() => textOf(bytes)).toThrow(expect.objectContaining({ verdict: 'not-a-record', fault: expect.objectContaining({ code }) as unknown }));
  });

  it('more than the 128 MiB that a record has', () => {
    expect(() => requireSize(200_000_000)).toThrow(RecordFault);
    expect(() => requireSize(limits.fileBytes)).not.toThrow();
  });
});

describe('a file that is no record', () => {
  const json = (value: unknown): string => JSON.stringify(value);
  it.each([
    ['blank', () => ' \n', 'not-json'],
    ['words', () => 'order X-1: all is well', 'not-json'],
    ['broken off', () => text.slice(0, -40), 'not-json'],
    ['two records', () => text + text, 'not-json'],
    ['with a byte order mark', () => `\ufeff${text}`, 'not-json'],
    ['with NaN', () => put('"count":41', '"count":NaN'), 'not-json'],
    ['of 5 MB of one text', () => json('x'.repeat(5_000_000)), 'format-unknown'],
    ['of 5 MB of brackets', () => '['.repeat(5_000_000), 'not-json'],
    ['a list', () => json([1, 2]), 'format-unknown'],
    ['nothing', () => json(null), 'format-unknown'],
    ['a number', () => '1', 'format-unknown'],
    ['an object of something else', () => json({ order: 'X-1' }), 'format-unknown'],
    ['of a later version', () => put('"twokey-record/1"', '"twokey-record/2"'), 'format-unknown'],
    ['of a version that is a list', () => put('"twokey-record/1"', '["twokey-record/1"]'), 'format-unknown'],
    ['without entries', () => json({ format: 'twokey-record/1' }), 'field-invalid'],
    [
      'with entries that are no list',
      () => withField({ signature: null }).replace(/"entries":\[[^]*\n\],\n"format"/, '"entries":{},\n"format"'),
      'field-invalid',
    ],
    ['without its head', () => put(/"head":\{[^}]*\},\n/.exec(text)?.[0] ?? '', ''), 'field-invalid'],
    ['without a field of its head', () => put('"count":41,', ''), 'field-invalid'],
    ['with a field that there is none of', () => put('"format":', '"extra":1,"format":'), 'field-invalid'],
    ['with a field of its head that there is none of', () => put('"count":41,', '"count":41,"counted":1,'), 'field-invalid'],
    ['with a prototype for a field', () => put('"entries":', '"__proto__":{},"entries":'), 'field-invalid'],
    ['with a constructor for a field', () => put('"entries":', '"constructor":{},"entries":'), 'field-invalid'],
    ['with a field doubled', () => put('"format":', '"format":"twokey-record/1","format":'), 'not-canonical'],
    ['with a field doubled in an entry', () => put('"sequence":3', '"sequence":3,"sequence":3'), 'not-canonical'],
    ['with fields out of order', () => put('"count":41,', '').replace('"state":"closed"', '"state":"closed","count":41'), 'not-canonical'],
    ['with a number written as a fraction', () => put('"count":41', '"count":41.0'), 'not-canonical'],
    ['with a number written with an exponent', () => put('"count":41', '"count":4.1e1'), 'not-canonical'],
    ['with a text written otherwise', () => put('"A-1"', '"\\u0041-1"'), 'not-canonical'],
    ['with minus zero', () => put('"count":41', '"count":-0'), 'value-not-allowed'],
    ['with a number past every number', () => put('"count":41', '"count":1e400'), 'field-invalid'],
    ['with a number past 2^53', () => put('"count":41', '"count":9007199254740992'), 'field-invalid'],
    ['with a fraction', () => put('"count":41', '"count":41.5'), 'field-invalid'],
    ['with half a character', () => put('"core-cloud-1"', '"core-\\ud83d"'), 'value-not-allowed'],
    ['with a name of other letters', () => put('"customer":', '"custom\u00e9r":'), 'value-not-allowed'],
    ['with 33 objects within each other', () => put('"core-cloud-1"', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`), 'value-not-allowed'],
    ['with a count that is a text', () => put('"count":41', '"count":"41"'), 'field-invalid'],
    ['with a negative count', () => put('"count":41', '"count":-1'), 'field-invalid'],
    ['with a time after all calendars', () => put(`"exportedAt":${exportedAt}`, '"exportedAt":8640000000000001'), 'field-invalid'],
    ['with a state that there is none of', () => put('"state":"closed"', '"state":"ajar"'), 'field-invalid'],
    ['with a hash in capitals', () => put(`"hash":"${record.head.hash}","state"`, `"hash":"${record.head.hash.toUpperCase()}","state"`), 'field-invalid'],
    ['with an order that has no name', () => withField({ order: '' }), 'field-invalid'],
    ['with terms that are a list', () => withField({ terms: [] }), 'field-invalid'],
    ['with a fraction in its terms', () => put('"unitPriceMinor":3000000', '"unitPriceMinor":3000000.5'), 'value-not-allowed'],
    ['with an empty signature', () => withField({ signature: '', keyring: 'b', root: { crv: 'Ed25519', kty: 'OKP', x: 'A'.repeat(43) } }), 'field-invalid'],
    ['with a root of other bytes', () => withField({ signature: 'a', keyring: 'b', root: { crv: 'Ed25519', kty: 'OKP', x: 'x' } }), 'field-invalid'],
    ['with a signature and no keyring', () => withField({ signature: 'a.b.c' }), 'field-invalid'],
    ['with a proof of inclusion and no signature', () => withField({ inclusion: { position: 0, path: [], checkpoint: 'a.b.c' } }), 'field-invalid'],
    ['with a root of another curve', () => withField({ signature: 'a', keyring: 'b', root: { crv: 'P-256', kty: 'EC', x: 'x' } }), 'field-invalid'],
    ['with a private root', () => withField({ signature: 'a', keyring: 'b', root: { crv: 'Ed25519', d: 'd', kty: 'OKP', x: 'x' } }), 'field-invalid'],
  ])('%s', async (_what, make, code) => {
    expect(await faultOf(make())).toMatchObject({ verdict: 'not-a-record', code, index: null });
  });
});

describe('a record with an entry that is none', () => {
  const withEntry = (index: number, entry: unknown): string => recordText({ ...record, entries: record.entries.toSpliced(index, 1, entry as never) });
  it.each([
    ['nothing', () => withEntry(3, null)],
    ['a text', () => withEntry(3, 'an entry')],
    ['a number', () => withEntry(3, 3)],
    ['a list', () => withEntry(3, [])],
    ['an empty object', () => withEntry(3, {})],
    ['with a field more', () => withEntry(3, { ...record.entries[3], note: 'x' })],
    ['with an event that is a text', () => withEntry(3, { ...record.entries[3], event: 'shipped' })],
    ['with an event without a type', () => withEntry(3, { ...record.entries[3], event: { at: record.entries[3]?.at } })],
    ['with an envelope that is nothing', () => withEntry(3, { ...record.entries[3], envelope: null })],
    ['with an empty envelope', () => withEntry(3, { ...record.entries[3], envelope: '' })],
    ['with a prototype in its event', () => put('"sequence":3', '"sequence":3,"__proto__":1')],
    ['with a fraction', () => put('"sequence":3', '"sequence":3.5')],
    ['with a number past every number', () => put('"sequence":3', '"sequence":1e400')],
    ['with minus zero', () => put('"sequence":3', '"sequence":-0')],
  ])('%s: the index is told', async (_what, make) => {
    expect(await faultOf(make())).toMatchObject({ verdict: 'tampered', code: 'entry-malformed', index: 3 });
  });
});

describe('the record of one order passed off as that of another', () => {
  it('under the other name', async () => {
    expect(await faultOf(withField({ order: 'A-2' }))).toMatchObject({ verdict: 'tampered', code: 'order-differs', index: null });
  });

  it('under the other name, terms and all', async () => {
    const other = deliveredChain('A-2');
    expect(await faultOf(withField({ order: 'A-2', terms: other.terms }))).toMatchObject({ code: 'previous-differs', index: 0 });
  });

  it('under other terms', async () => {
    expect(await faultOf(withField({ terms: { ...record.terms, units: 60_000 } }))).toMatchObject({ code: 'previous-differs', index: 0 });
  });

  it('with the head of another record of the same desk', async () => {
    const { root, vouching } = await testDesk();
    const mine = await exportRecord(deliveredChain(), { exportedAt, state: 'closed' }, vouching);
    const its = await exportRecord(deliveredChain('A-2'), { exportedAt, state: 'closed' }, vouching);
    expect(await faultOf(recordText({ ...mine, head: its.head, signature: its.signature }), root.id)).toMatchObject({ code: 'order-differs', index: null });
    expect(await faultOf(recordText({ ...mine, head: its.head }), root.id)).toMatchObject({ code: 'head-differs', index: null });
    const open = await exportRecord({ ...deliveredChain(), entries: mine.entries.slice(0, 20) }, { exportedAt, state: 'open' }, vouching);
    expect(await faultOf(recordText({ ...mine, head: open.head, signature: open.signature }), root.id)).toMatchObject({ code: 'entries-added', index: 20 });
    expect(await faultOf(recordText({ ...open, head: mine.head, signature: mine.signature }), root.id)).toMatchObject({ code: 'entries-missing', index: 20 });
  });
});

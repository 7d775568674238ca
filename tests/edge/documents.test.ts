import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maximumBytes, parseDocumentText, readDocument } from '../../edge/documents.ts';
import { readOrders } from '../../edge/order-file.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const messageOf = (text: string): string => faultOf(() => parseDocumentText('order.yaml', text)).message;
const place = (line: number, column: number): RegExp => new RegExp(`faulty\\.yaml:${line}:${column}: .`);

describe('a document that cannot be read', () => {
  it.each([
    ['malformed YAML', 'id: [A-1\nunits: 5\n', place(2, 1)],
    ['malformed JSON', '{"id": "A-1", "units": 5', place(1, 25)],
    ['bad indentation', 'id: A-1\n  units: 5\n units: 6\n', place(1, 5)],
    ['the same key twice', 'units: 5\nunits: 6\n', /faulty\.yaml:2:1: units: given twice, expected once/],
    ['the same key twice in JSON', '{"units": 5, "units": 6}', /faulty\.yaml:1:14: units: given twice, expected once/],
    ['a tag of its own', 'id: !!js/function "() => 1"\n', /tag/i],
    ['an alias to nothing', 'id: *nobody\n', /nobody/],
    ['nothing', '', /empty/],
    ['nothing but a comment', '# later\n', /empty|expected/],
    ['two documents', 'id: A-1\n---\nid: A-2\n', /one list/],
  ])('%s is told with its place', (_what, text, said) => {
    const told = () => readOrders(folder.write('faulty.yaml', text));
    expect(faultOf(told).message).toMatch(said);
  });

  it('an alias bomb is refused before it grows', () => {
    const levels = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(', ')}]`),
    ];
    const started = performance.now();
    expect(messageOf(levels.join('\n'))).toMatch(/alias/i);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('a file of more than 512 KiB is not read, one of exactly 512 KiB is', () => {
    const text = (bytes: number): string => `note: ${'x'.repeat(bytes - 7)}\n`;
    expect(faultOf(() => readDocument(folder.write('large.yaml', text(maximumBytes + 1)))).message).toContain(`accepted are at most ${maximumBytes}`);
    expect(readDocument(folder.write('fits.yaml', text(maximumBytes))).value).toHaveProperty('note');
  });

  it('a file that is not there is told by its name', () => {
    const file = join(folder.path, 'nowhere.yaml');
    expect(faultOf(() => readDocument(file)).message).toBe(`${file}: no such file`);
  });

  it('a folder in place of a file is told as such', () => {
    const path = join(folder.path, 'folder.yaml');
    mkdirSync(path);
    expect(faultOf(() => readDocument(path)).message).toContain(path);
  });

  it('text nested without end is told, not a crash', () => {
    expect(messageOf('['.repeat(20_000))).not.toBe('');
    expect(messageOf('{"a":'.repeat(20_000))).not.toBe('');
  });

  it.each(['null', '7', 'text', '[]', '[null]', '[7]', 'true'])('%s in place of an order is told', (text) => {
    expect(faultOf(() => readOrders(folder.write('other.yaml', text))).message).toMatch(/expected/);
  });

  it('bytes that are no text do not pass for an order', () => {
    expect(
      faultOf(() =>
        readOrders(
          folder.write(
            'binary.yaml',
            Uint8Array.from({ length: 512 }, (_, index) => index % 256),
          ),
        ),
      ).message,
    ).not.toBe('');
  });

  it('a key that would reach the prototype is a fault like any unknown field', () => {
    expect(faultOf(() => readOrders(folder.write('proto.yaml', '__proto__: { units: 5 }\n'))).message).toContain('__proto__');
    expect({}).not.toHaveProperty('units');
  });
});

describe('a document that can be read', () => {
  it.each([
    ['with a byte order mark', '\ufeffid: A-1\n', { id: 'A-1' }],
    ['with line ends of Windows', 'id: A-1\r\nunits: 5\r\n', { id: 'A-1', units: 5 }],
    ['with an anchor used a few times', 'a: &a x\nb: *a\nc: *a\n', { a: 'x', b: 'x', c: 'x' }],
    ['where no and off are texts', 'a: no\nb: off\n', { a: 'no', b: 'off' }],
    ['where a day is a text', 'at: 2026-01-21\n', { at: '2026-01-21' }],
  ])('%s says the same', (_what, text, document) => {
    expect(parseDocumentText('order.yaml', text).value).toEqual(document);
  });
});

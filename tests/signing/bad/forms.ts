import type { Envelope } from '../../../domain/signing/envelope.ts';
import { bad, type BadEnvelope, base64url, bytesIn, canonical, type Forge, type Named } from './forge.ts';

const malformed = 'envelope-malformed';

/** What is no envelope, or one put together in another way. */
export function wrongForms(forge: Forge): BadEnvelope[] {
  const good = forge.stateSigned();
  const [signature] = good.signatures;
  const loose = { ...good } as Readonly<Record<string, unknown>>;
  const compact = `${signature?.protected}.${good.payload}.${signature?.signature}`;
  const { fields, role } = forge.denial();
  const plain = { by: role, ...fields };
  return [
    ...bad('what is not signed', 'signature-missing', [
      ...[null, true, false, 0, 7, '', 'text', [], [good], {}, { by: role }].map((one, at): Named => [`${at}: ${canonical(one).slice(0, 16)}`, one]),
      ['a plain act', plain],
      ['a plain act with a name', { ...plain, id: forge.nonce() }],
      ['a compact JWS', compact],
      ['an envelope as text', JSON.stringify(good)],
      ['claims alone', forge.denial()],
      ['an envelope in an envelope', { envelope: good }],
    ]),
    ...bad('a signature that was stripped', malformed, [
      ['the list empty', { ...good, signatures: [] }],
      ['the list gone', { payload: good.payload }],
      ['the payload gone', { signatures: good.signatures }],
      ['no list', { ...good, signatures: null }],
      ['its bytes gone', { ...good, signatures: [{ protected: signature?.protected }] }],
      ['its header gone', { ...good, signatures: [{ signature: signature?.signature }] }],
      ['both gone', { ...good, signatures: [{}] }],
      ['a plain act with an empty list', { ...plain, signatures: [] }],
      ['a plain act with a payload', { ...plain, payload: good.payload }],
      ['a plain act with a good envelope around it', { ...plain, ...good }],
    ]),
    ...bad('signatures of another form', malformed, [
      ...[7, true, 'text', { 0: signature, length: 1 }, [[signature]], [null], ['text'], [7], [[]], [signature, null], [null, signature]].map(
        (one, at): Named => [`${at}: ${canonical(one).slice(0, 12)}`, { ...good, signatures: one }],
      ),
      ['an object with one', { ...good, signatures: signature }],
      ['the flattened form', { payload: good.payload, ...signature }],
      ['an unprotected header beside it', { ...good, signatures: [{ ...signature, header: { kid: 'x' } }] }],
      ['an unprotected header in its place', { ...good, signatures: [{ header: { alg: 'EdDSA' }, signature: signature?.signature }] }],
      ['a header as an object', { ...good, signatures: [{ ...signature, protected: { alg: 'EdDSA' } }] }],
      ['a header in a list', { ...good, signatures: [{ ...signature, protected: [signature?.protected] }] }],
      ['bytes in a list', { ...good, signatures: [{ ...signature, signature: Array.from(bytesIn(signature?.signature ?? '')) }] }],
      ['bytes as a buffer in JSON', { ...good, signatures: [{ ...signature, signature: bytesIn(signature?.signature ?? '').toJSON() }] }],
      ['no bytes but null', { ...good, signatures: [{ ...signature, signature: null }] }],
    ]),
    ...bad('a payload of another form', malformed, [
      ...[7, 0, null, true, false, [], {}, [good.payload], { text: good.payload }].map((one, at): Named => [
        `${at}: ${canonical(one).slice(0, 12)}`,
        { ...good, payload: one },
      ]),
      ['the claims themselves', { ...good, payload: forge.denial() }],
    ]),
    ...bad('one more field', malformed, [
      ...['extra', 'by', 'toString', 'constructor', 'protected', 'signature', 'header', 'toJSON', ''].map((name): Named => [
        `${JSON.stringify(name)} of the envelope`,
        { ...loose, [name]: 'x' },
      ]),
      ...['extra', 'kid', 'toString', 'constructor', 'header', 'payload', ''].map((name): Named => [
        `${JSON.stringify(name)} of the signature`,
        { ...good, signatures: [{ ...signature, [name]: 'x' }] },
      ]),
      ['__proto__ of the envelope', JSON.parse(JSON.stringify(good).replace('{', '{"__proto__":{"by":"us.commerce"},'))],
      ['__proto__ of the signature', JSON.parse(JSON.stringify(good).replace('[{', '[{"__proto__":{},'))],
      ['__proto__ with all of it', JSON.parse(`{"__proto__":${JSON.stringify(good)},"payload":""}`)],
    ]),
    ...bad('base64url written otherwise', malformed, encodings(good)),
    ...bad('more than there can be', malformed, [
      ['a payload of 40,001 characters', { ...good, payload: 'A'.repeat(40_001) }],
      ['a payload of 200,000 characters', { ...good, payload: 'A'.repeat(200_000) }],
      ['a header of 100,000 characters', { ...good, signatures: [{ ...signature, protected: 'A'.repeat(100_000) }] }],
      ['a signature of 100,000 characters', { ...good, signatures: [{ ...signature, signature: 'A'.repeat(100_000) }] }],
      ['three signatures', { ...good, signatures: [signature, signature, signature] }],
      ['a thousand signatures', { ...good, signatures: Array.from({ length: 1_000 }, () => signature) }],
      ['lists within each other for a payload', { ...good, payload: nested(500) }],
      ['lists within each other for signatures', { ...good, signatures: nested(500) }],
      ['a thousand fields', { ...good, ...Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`field${at}`, at])) }],
    ]),
    ...bad('what no JSON carries', malformed, programValues(good), { jsonOnly: false }),
    ...bad(
      'what no JSON carries',
      'signature-missing',
      [undefined, () => good, Symbol('envelope'), 7n, Number.NaN].map((one) => [typeof one, one]),
      { jsonOnly: false },
    ),
  ];
}

const nested = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], []);

/** Readers of base64 forgive these; each is put into each part. */
function encodings(good: Envelope): Named[] {
  const ways: readonly (readonly [string, (text: string) => string])[] = [
    ['padding', (text) => `${text}${'='.repeat((4 - (text.length % 4)) % 4 || 4)}`],
    ['letters more than there are bytes', (text) => text + 'A'.repeat((5 - (text.length % 4)) % 4)],
    ['letters less than there are bytes', (text) => text.slice(0, text.length - ((text.length + 3) % 4))],
    ['spare bits', (text) => spareBits(text)],
    ['a space before', (text) => ` ${text}`],
    ['a space within', (text) => `${text.slice(0, 8)} ${text.slice(8)}`],
    ['a line end', (text) => `${text}\n`],
    ['lines as in mail', (text) => text.replaceAll(/.{64}/g, '$&\r\n').concat('\r\n')],
    ['a zero byte', (text) => `${text}\0`],
    ['a plus', (text) => `${text.slice(0, 3)}+${text.slice(4)}`],
    ['a stroke', (text) => `${text.slice(0, 3)}/${text.slice(4)}`],
    ['a letter in percent', (text) => `%${text.charCodeAt(0).toString(16)}${text.slice(1)}`],
    ['a letter past ASCII', (text) => `${text.slice(0, 3)}\u0430${text.slice(4)}`],
    ['half a character', (text) => `${text.slice(0, 3)}\ud800${text.slice(4)}`],
    ['a dot', (text) => `${text.slice(0, 3)}.${text.slice(4)}`],
  ];
  return ways.flatMap(([name, change]): Named[] => [
    [`${name} in the payload`, { ...good, payload: change(spared(good.payload)) }],
    [`${name} in the header`, { ...good, signatures: good.signatures.map((one) => ({ ...one, protected: change(spared(one.protected)) })) }],
    [`${name} in the signature`, { ...good, signatures: good.signatures.map((one) => ({ ...one, signature: change(one.signature) })) }],
  ]);
}

/** The same text in base64url with bits to spare at its end, where it has none: JSON may end with a space. */
const spared = (text: string): string => (text.length % 4 === 0 ? base64url(`${bytesIn(text).toString()} `) : text);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The last letter says no more than it must; the next letter of the alphabet says the same. */
const spareBits = (text: string): string => text.slice(0, -1) + (alphabet[alphabet.indexOf(text.at(-1) ?? '') + 1] ?? '');

/** Values of a program that look as an envelope does. */
function programValues(good: Envelope): Named[] {
  const [signature] = good.signatures;
  return [
    ['inherited', Object.create(good)],
    [
      'of a class',
      new (class {
        readonly payload = Object(good.payload) as unknown;
        readonly signatures = good.signatures;
      })(),
    ],
    ['a signature that is inherited', { ...good, signatures: [Object.create(signature ?? null)] }],
    ['a list with a hole', { ...good, signatures: Object.assign([], { 1: signature }) }],
    ['a set', { ...good, signatures: new Set([signature]) }],
    ['a payload of NaN', { ...good, payload: Number.NaN }],
    ['bytes for a payload', { ...good, payload: bytesIn(good.payload) }],
    [
      'a getter that fails',
      {
        ...good,
        signatures: [
          {
            ...signature,
            get extra() {
              throw new Error('read');
            },
          },
        ],
      },
    ],
  ];
}

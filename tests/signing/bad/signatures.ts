import { createHash, sign } from 'node:crypto';
import { ed25519ctx, ed25519ph } from '@noble/curves/ed25519.js';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import type { Member } from '../cast.ts';
import { bad, type BadEnvelope, base64url, bytesIn, canonical, type Forge, type Named, resigned, textIn } from './forge.ts';

const invalid = 'signature-invalid';

/** Signatures of another key, text or kind. */
export function wrongSignatures(forge: Forge): BadEnvelope[] {
  const good = forge.stateSigned();
  const state = forge.who('us-state');
  return [
    ...bad(
      'a signature by another key than it names',
      invalid,
      othersThan(forge, state).map((other) => byAnother(forge, other)),
    ),
    ...bad(
      'one bit of the signature flipped',
      invalid,
      flips(64, (at) => [`bit ${at % 8} of byte ${at}`, resigned(good, flipped(at, at % 8))]),
    ),
    ...bad('one bit of what was signed flipped', invalid, payloadFlips(forge)),
    ...bad('a signature of something else', invalid, ofSomethingElse(forge)),
    ...bad(
      'a signature of another length',
      'envelope-malformed',
      [0, 1, 31, 32, 63, 65, 96, 114, 128].map((length) => ofLength(good, length)),
    ),
    ...bad('a signature written otherwise', 'envelope-malformed', writtenOtherwise(good)),
    ...bad('a signature in another order of bytes', invalid, otherOrders(good)),
    ...bad('a signature of a variant of Ed25519', invalid, variants(forge)),
    ...bad('signatures of two envelopes exchanged', invalid, exchanged(forge)),
  ];
}

const othersThan = (forge: Forge, one: Member): readonly Member[] => forge.setting.cast.members.filter(({ keyId }) => keyId !== one.keyId);

function byAnother(forge: Forge, { holder, entry, privateKey }: Member): Named {
  const payload = forge.payload(forge.denial());
  return [`of ${holder} as ${entry.role}`, { payload, signatures: [forge.signature(payload, { ...forge.who('us-state'), privateKey })] }];
}

const flips = (count: number, make: (at: number) => Named): Named[] => Array.from({ length: count }, (_, at) => make(at));
const flipped =
  (at: number, bit: number) =>
  (bytes: Buffer): Uint8Array =>
    bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));

/** The basis of a denial, letter by letter: it stays a text in canonical form, and is no longer what was signed. */
function payloadFlips(forge: Forge): Named[] {
  const { payload, signatures } = forge.stateSigned();
  const text = textIn(payload);
  const from = text.indexOf('withdrawn');
  return Array.from('withdrawn').flatMap((letter, at) =>
    [0, 1, 2].map((bit): Named => {
      const other = String.fromCharCode(letter.charCodeAt(0) ^ (1 << bit));
      return [`${letter} to ${other} at ${at}`, { payload: base64url(text.slice(0, from + at) + other + text.slice(from + at + 1)), signatures }];
    }),
  );
}

function ofSomethingElse(forge: Forge): Named[] {
  const state = forge.who('us-state');
  const [head, payload] = [base64url(forge.header(state)), forge.payload(forge.denial())];
  const over = (input: string | Uint8Array): Envelope => ({
    payload,
    signatures: [{ protected: head, signature: base64url(sign(null, Buffer.from(input), state.privateKey)) }],
  });
  const input = `${head}.${payload}`;
  return [
    ['the payload alone', over(payload)],
    ['the text of the payload', over(textIn(payload))],
    ['header and payload without a dot', over(`${head}${payload}`)],
    ['payload before header', over(`${payload}.${head}`)],
    ['header and text, as without base64', over(`${head}.${textIn(payload)}`)],
    ['the digest of what is signed', over(createHash('sha256').update(input).digest())],
    ['the long digest of what is signed', over(createHash('sha512').update(input).digest())],
    ['a line end after what is signed', over(`${input}\n`)],
    ['nothing', over('')],
    ['another nonce', { payload, signatures: forge.stateSigned().signatures }],
    ['a delegation', { payload, signatures: [{ protected: head, signature: forge.delegation({}, state).split('.')[2] ?? '' }] }],
  ];
}

const ofLength = (good: Envelope, length: number): Named => [`${length} bytes`, resigned(good, (bytes) => Buffer.alloc(length, bytes))];

function writtenOtherwise(good: Envelope): Named[] {
  const bytes = bytesIn(good.signatures[0]?.signature ?? '');
  const written = (text: string): Envelope => ({ ...good, signatures: good.signatures.map((one) => ({ ...one, signature: text })) });
  return [
    ['in hexadecimal digits', written(bytes.toString('hex'))],
    ['in base64 of mail', written(bytes.toString('base64'))],
    ['as numbers', written(Array.from(bytes).join(','))],
    [
      'in DER',
      written(base64url(Buffer.concat([Uint8Array.of(0x30, 0x44, 0x02, 0x20), bytes.subarray(0, 32), Uint8Array.of(0x02, 0x20), bytes.subarray(32)]))),
    ],
    ['empty', written('')],
    ['as a word', written('signature')],
  ];
}

const otherOrders = (good: Envelope): Named[] => [
  ['S before R', resigned(good, (bytes) => Buffer.concat([bytes.subarray(32), bytes.subarray(0, 32)]))],
  ['backward', resigned(good, (bytes) => bytes.toReversed())],
  ['S backward', resigned(good, (bytes) => Buffer.concat([bytes.subarray(0, 32), bytes.subarray(32).toReversed()]))],
  ['R twice', resigned(good, (bytes) => Buffer.concat([bytes.subarray(0, 32), bytes.subarray(0, 32)]))],
];

/** RFC 8032 knows two more, which the same key could make. */
function variants(forge: Forge): Named[] {
  const state = forge.who('us-state');
  const secret = bytesIn(state.privateKey.export({ format: 'jwk' }).d ?? '');
  const [head, payload] = [base64url(forge.header(state)), forge.payload(forge.denial())];
  const input = new TextEncoder().encode(`${head}.${payload}`);
  const signed = (bytes: Uint8Array): Envelope => ({ payload, signatures: [{ protected: head, signature: base64url(bytes) }] });
  return [
    ['Ed25519ph', signed(ed25519ph.sign(input, secret))],
    ['Ed25519ctx', signed(ed25519ctx.sign(input, secret, { context: new TextEncoder().encode('twokey-act') }))],
  ];
}

function exchanged(forge: Forge): Named[] {
  const [one, other] = [forge.stateSigned(), forge.stateSigned()];
  const [recorded, again] = [forge.recordedSigned(), forge.recordedSigned()];
  return [
    ['of one person, one way', { payload: one.payload, signatures: other.signatures }],
    ['of one person, the other way', { payload: other.payload, signatures: one.signatures }],
    ['the first of two', { ...recorded, signatures: [again.signatures[0], recorded.signatures[1]] }],
    ['the second of two', { ...recorded, signatures: [recorded.signatures[0], again.signatures[1]] }],
    ['both of two', { ...recorded, signatures: again.signatures }],
    ['the bytes of first and second', { ...recorded, signatures: crossed(recorded) }],
    ['of the same content in another order of names', reordered(forge)],
  ];
}

function crossed({ signatures: [first, second] }: Envelope): unknown[] {
  return [
    { ...first, signature: second?.signature },
    { ...second, signature: first?.signature },
  ];
}

/** The signature over the same claims as JSON.stringify writes them, under the canonical text. */
function reordered(forge: Forge): Envelope {
  const claims = forge.denial();
  return { payload: forge.payload(canonical(claims)), signatures: forge.envelope(JSON.stringify(claims), forge.who('us-state')).signatures };
}

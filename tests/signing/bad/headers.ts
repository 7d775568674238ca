import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { signCheckpoint } from '../../../record/checkpoint.ts';
import { toJson } from '../../../record/json.ts';
import { signStatement } from '../../../record/statement.ts';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import { bad, type BadEnvelope, base64url, type Forge, generalOf, type Named } from './forge.ts';

const malformed = 'envelope-malformed';
const refused = 'algorithm-refused';

/** Headers that say something else than the one that belongs there; State's own key signed most of them. */
export function wrongHeaders(forge: Forge): BadEnvelope[] {
  const state = forge.who('us-state');
  const { keyId: kid } = state;
  const [alg, typ] = ['EdDSA', 'twokey-act'];
  const json = (name: string, header: unknown): Named => [name, forge.headed(JSON.stringify(header))];
  const text = (name: string, header: string): Named => [name, forge.headed(header)];
  const good = forge.header(state);
  return [
    ...bad('the algorithm none', refused, nones(forge)),
    ...bad('a secret that is the public key', refused, secrets(forge)),
    ...bad('another algorithm', refused, [
      ...['ES256', 'ES384', 'ES256K', 'RS256', 'PS512', 'Ed448', 'Ed25519', 'HS256', 'eddsa', 'EDDSA', 'EdDsa', 'EdDSA ', ' EdDSA', 'EdDSA\0', 'ЕdDSA'].map(
        (other) => json(`${JSON.stringify(other)} by State's own key`, { alg: other, kid, typ }),
      ),
      ...[['EdDSA'], { EdDSA: true }, null, true, 0, ''].map((other) => json(`${JSON.stringify(other)}`, { alg: other, kid, typ })),
      json('not named', { kid, typ }),
      ['ES256, signed by such a key', es256(forge)],
      text('named after EdDSA', `{"alg":"EdDSA","alg":"none","kid":"${kid}","typ":"${typ}"}`),
      text('inherited', `{"__proto__":{"alg":"EdDSA"},"kid":"${kid}","typ":"${typ}"}`),
      text('in a list', '[{"alg":"EdDSA"}]'),
    ]),
    ...bad('a header that brings a key', malformed, bringsKey(forge)),
    ...bad('a header with critical fields', malformed, [
      json('b64', { alg, kid, typ, crit: ['b64'], b64: true }),
      json('none', { alg, kid, typ, crit: [] }),
      json('exp', { alg, kid, typ, crit: ['exp'], exp: 2_000_000_000 }),
      json('before the others', { crit: ['b64'], b64: true, alg, kid, typ }),
      ['b64 of false over the text itself', unencoded(forge)],
    ]),
    ...bad('a header of fewer fields', malformed, [
      json('no key', { alg, typ }),
      json('no type', { alg, kid }),
      json('neither', { alg }),
      ...[null, 0, true, [kid], { kid }].map((other) => json(`a key of ${JSON.stringify(other).slice(0, 6)}`, { alg, kid: other, typ })),
    ]),
    ...bad('a header of more fields', malformed, [
      ...['cty', 'iat', 'nonce', 'url', 'zip', 'p2c', 'toString', 'constructor', ''].map((name) => json(name, { alg, kid, typ, [name]: 'x' })),
      text('__proto__', good.replace('}', ',"__proto__":{}}')),
    ]),
    ...bad('a header written otherwise', malformed, [
      ...[
        { alg, typ, kid },
        { kid, alg, typ },
        { kid, typ, alg },
        { typ, alg, kid },
        { typ, kid, alg },
      ].map((one) => json(Object.keys(one).join(', '), one)),
      ...[' ', '\n', '\t', '\ufeff'].flatMap((space) => [
        text(`${JSON.stringify(space)} before`, space + good),
        text(`${JSON.stringify(space)} after`, good + space),
      ]),
      text('space between', JSON.stringify({ alg, kid, typ }, null, 1)),
      text('space after a comma', good.replace(',', ', ')),
      text('an escaped letter', good.replace('EdDSA', '\\u0045dDSA')),
      text('an escaped stroke', good.replace('twokey-act', 'twokey\\u002dact')),
      text('the algorithm twice', good.replace('{', '{"alg":"none",')),
      text('the key twice', good.replace('"typ"', `"kid":"${kid}","typ"`)),
      text('the type twice', good.replace('"typ"', '"typ":"JWT","typ"')),
    ]),
    ...bad('a header that is no object', malformed, [
      ...['', 'null', '"EdDSA"', '7', 'true', 'EdDSA', '{', `${good}}`, `${good}${good}`, `{'alg':'EdDSA'}`].map((one) =>
        text(`${JSON.stringify(one).slice(0, 20)}, ${one.length} characters`, one),
      ),
      ['not UTF-8', forge.headed(Uint8Array.of(0xff, 0xfe, 0x7b, 0x7d))],
      text('401 characters', JSON.stringify({ alg, kid: 'A'.repeat(270), typ })),
    ]),
    ...bad('a header that is no object', refused, [text('lists within each other', '['.repeat(140) + ']'.repeat(140))]),
    ...bad('a type of something else', malformed, [
      ...[
        'twokey-keyring',
        'twokey-record-head',
        'twokey-checkpoint',
        'twokey-delegation',
        'JWT',
        'JOSE+JSON',
        'none',
        '',
        'Twokey-Act',
        'twokey-act/1',
        'twokey-act ',
        'twokey-аct',
      ].map((other) => json(JSON.stringify(other), { alg, kid, typ: other })),
      ...[null, 7, [typ], { typ }].map((other) => json(JSON.stringify(other), { alg, kid, typ: other })),
    ]),
  ];
}

function nones(forge: Forge): Named[] {
  const payload = forge.payload(forge.denial());
  const { keyId: kid } = forge.who('us-state');
  return ['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => {
    const header = JSON.stringify({ alg, kid, typ: 'twokey-act' });
    return [
      [`${alg}, no signature`, { payload, signatures: [{ protected: base64url(header), signature: '' }] }],
      [`${alg}, signed all the same`, forge.headed(header)],
      [`${alg}, alone in its header`, { payload, signatures: [{ protected: base64url(JSON.stringify({ alg })), signature: '' }] }],
    ] satisfies Named[];
  });
}

function secrets(forge: Forge): Named[] {
  const { keyId: kid, entry, privateKey } = forge.who('us-state');
  const publicKey = createPublicKey(privateKey);
  const texts: Readonly<Record<string, string | Buffer>> = {
    'its bytes': Buffer.from(entry.publicKey, 'base64url'),
    'in base64url': entry.publicKey,
    'in PEM': publicKey.export({ type: 'spki', format: 'pem' }),
    'in DER': publicKey.export({ type: 'spki', format: 'der' }),
    'as a JWK': JSON.stringify(publicKey.export({ format: 'jwk' })),
    'its id': kid,
  };
  const payload = forge.payload(forge.denial());
  return [256, 512].flatMap((size) =>
    Object.entries(texts).map(([name, secret]): Named => {
      const head = base64url(JSON.stringify({ alg: `HS${size}`, kid, typ: 'twokey-act' }));
      return [
        `HS${size}, ${name}`,
        { payload, signatures: [{ protected: head, signature: base64url(createHmac(`sha${size}`, secret).update(`${head}.${payload}`).digest()) }] },
      ];
    }),
  );
}

/** A real ES256 signature, 64 bytes as those of Ed25519. */
function es256(forge: Forge): Envelope {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const payload = forge.payload(forge.denial());
  const head = base64url(JSON.stringify({ alg: 'ES256', kid: forge.who('us-state').keyId, typ: 'twokey-act' }));
  return {
    payload,
    signatures: [{ protected: head, signature: base64url(sign('sha256', Buffer.from(`${head}.${payload}`), { key: privateKey, dsaEncoding: 'ieee-p1363' })) }],
  };
}

/** The key of a stranger, who signed. */
function bringsKey(forge: Forge): Named[] {
  const stranger = forge.who('stand-in');
  const base = { alg: 'EdDSA', kid: forge.who('us-state').keyId, typ: 'twokey-act' };
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: stranger.entry.publicKey };
  const payload = forge.payload(forge.denial());
  const headers: Readonly<Record<string, object>> = {
    jwk: { ...base, jwk },
    'jwk before the others': { jwk, ...base },
    'jwk in place of kid': { alg: base.alg, jwk, typ: base.typ },
    x5c: { ...base, x5c: ['MIIB'] },
    x5u: { ...base, x5u: 'https://example.org/chain.pem' },
    x5t: { ...base, x5t: 'A'.repeat(27) },
    jku: { ...base, jku: 'https://example.org/keys.json' },
    epk: { ...base, epk: jwk },
  };
  return Object.entries(headers).map(([name, header]) => [name, { payload, signatures: [forge.signature(payload, stranger, JSON.stringify(header))] }]);
}

/** As RFC 7797 has it. */
function unencoded(forge: Forge): Envelope {
  const payload = JSON.stringify(forge.denial());
  const head = JSON.stringify({ alg: 'EdDSA', kid: forge.who('us-state').keyId, typ: 'twokey-act', b64: false, crit: ['b64'] });
  return { payload, signatures: [forge.signature(payload, forge.who('us-state'), head)] };
}

/** Real signatures of this system that say something else. */
export async function otherProtocols(forge: Forge): Promise<BadEnvelope[]> {
  const [desk, state] = [forge.who('seller-desk', 'seller.desk'), forge.who('us-state')];
  const statements: Readonly<Record<string, string>> = {
    keyring: forge.setting.cast.jws,
    'record head': await signStatement('twokey-record-head', { format: 'twokey-record/1 head', order: forge.setting.bound.order.terms.id }, desk),
    'record head over the claims of an act': await signStatement('twokey-record-head', toJson(forge.denial()), desk),
    checkpoint: await signCheckpoint({ size: 0, root: 'ab'.repeat(32), at: forge.now }, desk),
    delegation: forge.delegation({}, state),
    'delegation over the claims of an act': forge.compact(JSON.stringify(forge.denial()), forge.header(state, 'twokey-delegation'), state),
  };
  const asAct = (jws: string): Envelope => {
    const { payload, signatures } = generalOf(jws);
    return { payload, signatures: signatures.map((one) => ({ ...one, protected: base64url(forge.header(state)) })) };
  };
  return [
    ...bad(
      'a signature of another protocol',
      malformed,
      Object.entries(statements).map(([name, jws]) => [name, generalOf(jws)]),
    ),
    ...bad(
      'a signature of another protocol under the header of an act',
      'claims-invalid',
      Object.entries(statements)
        .filter(([name]) => !name.includes('claims'))
        .map(([name, jws]) => [name, asAct(jws)]),
    ),
  ];
}

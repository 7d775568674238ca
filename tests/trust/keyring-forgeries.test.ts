import { createHmac, createPublicKey, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { readKeyring, signKeyring } from '../../trust/keyring.ts';
import { writeKeyring } from '../../trust/keyring-schema.ts';
import { freshKey } from '../../trust/private-key.ts';
import { jwkOf, keyIdOf } from '../../trust/public-key.ts';
import { type TrustCode, trustCodes } from '../../trust/trust-error.ts';
import { faultOf, type Sample, sample } from './keys-for-tests.ts';

let good: Sample;
let jws = '';
beforeAll(async () => {
  good = await sample();
  jws = await signKeyring(good.keyring, good.root.privateKey, good.root.id);
});

const encoded = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');
const payload = (): string => writeKeyring(good.keyring);
const headerText = (): string => JSON.stringify({ alg: 'EdDSA', kid: good.root.id, typ: 'twokey-keyring' });
/** A JWS that the root key did sign, over whatever it is given. */
function signed(body: string | Uint8Array, header = headerText(), key = good.root.privateKey): string {
  const input = `${encoded(header)}.${encoded(body)}`;
  return `${input}.${encoded(sign(null, Buffer.from(input), key))}`;
}
/** The payload with one text in it replaced; the root signs it. */
function changed(from: string | RegExp, to: string): string {
  const text = payload();
  expect(text).toMatch(from);
  return signed(text.replace(from, to));
}
const part = (index: number): string => jws.split('.')[index] ?? '';
const withPart = (index: number, text: string): string => jws.split('.').with(index, text).join('.');
const withHeader = (header: object | string): string => signed(payload(), typeof header === 'string' ? header : JSON.stringify(header));
/** A keyring whose first key has these 32 bytes, with the id that belongs to them. */
async function withPoint(hex: string): Promise<string> {
  const publicKey = Buffer.from(hex, 'hex').toString('base64url');
  return signed(
    payload()
      .replace(good.commerce.publicKey, publicKey)
      .replace(good.commerce.id, await keyIdOf(publicKey)),
  );
}
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

type Forgery = readonly [string, TrustCode, () => string | Promise<string>];

const envelopes: readonly Forgery[] = [
  ['another root key signed it', 'keyring-signature', async () => signed(payload(), headerText(), (await freshKey()).privateKey)],
  [
    'another root key signed it and says so',
    'keyring-signature',
    async () => {
      const other = await freshKey();
      return await signKeyring(good.keyring, other.privateKey, other.keyId);
    },
  ],
  ['it is signed by none', 'keyring-algorithm', () => `${encoded('{"alg":"none"}')}.${part(1)}.${part(2)}`],
  ['it is signed by none, and has no signature', 'keyring-malformed', () => `${encoded('{"alg":"none"}')}.${part(1)}.`],
  ['it is signed by NONE', 'keyring-algorithm', () => withHeader({ alg: 'nOnE', kid: good.root.id, typ: 'twokey-keyring' })],
  ['HS256 with the raw public key as secret', 'keyring-algorithm', () => hs256(Buffer.from(good.root.jwk.x ?? '', 'base64url'))],
  [
    'HS512 with the public key in PEM as secret',
    'keyring-algorithm',
    () => hs512(createPublicKey(good.root.privateKey).export({ type: 'spki', format: 'pem' })),
  ],
  ['its algorithm is ES256', 'keyring-algorithm', () => withHeader({ alg: 'ES256', kid: good.root.id, typ: 'twokey-keyring' })],
  ['its algorithm is a list', 'keyring-algorithm', () => withHeader({ alg: ['EdDSA'], kid: good.root.id, typ: 'twokey-keyring' })],
  ['its algorithm is inherited', 'keyring-algorithm', () => withHeader('{"__proto__":{"alg":"EdDSA"},"kid":"k","typ":"twokey-keyring"}')],
  ['its header names the algorithm twice', 'keyring-header', () => withHeader(headerText().replace('{', '{"alg":"none",'))],
  ['its header brings a key along', 'keyring-header', () => withHeader({ ...JSON.parse(headerText()), jwk: good.root.jwk })],
  ['its header names an address of a key', 'keyring-header', () => withHeader({ ...JSON.parse(headerText()), jku: 'https://example.org/keys' })],
  ['its header has critical fields', 'keyring-header', () => withHeader({ ...JSON.parse(headerText()), crit: ['b64'], b64: false })],
  ['its header is of another type', 'keyring-header', () => withHeader({ alg: 'EdDSA', kid: good.root.id, typ: 'JWT' })],
  ['its header has no type', 'keyring-header', () => withHeader({ alg: 'EdDSA', kid: good.root.id })],
  ['its header names another root', 'keyring-signature', () => withHeader({ alg: 'EdDSA', kid: good.commerce.id, typ: 'twokey-keyring' })],
  ['its header is no JSON', 'keyring-header', () => withHeader('EdDSA')],
  ['its header is null', 'keyring-algorithm', () => withHeader('null')],
  ['its header is not UTF-8', 'keyring-malformed', () => withPart(0, encoded(Uint8Array.from([0xff, 0xfe])))],
  ['its payload is swapped', 'keyring-signature', () => withPart(1, encoded(payload().replace('us.commerce', 'us.state')))],
  ['its signature is of another keyring', 'keyring-signature', () => withPart(2, changed('"sequence":3', '"sequence":4').split('.')[2] ?? '')],
  ['its signature is all zeros', 'keyring-signature', () => withPart(2, encoded(new Uint8Array(64)))],
  ['its signature is cut', 'keyring-malformed', () => jws.slice(0, -1)],
  ['its signature is there twice', 'keyring-malformed', () => withPart(2, part(2) + part(2))],
  ['there is a fourth part', 'keyring-malformed', () => `${jws}.${part(2)}`],
  ['there are two parts', 'keyring-malformed', () => `${part(0)}.${part(1)}`],
  ['its payload is empty', 'keyring-malformed', () => withPart(1, '')],
  ['it is padded', 'keyring-malformed', () => `${jws}==`],
  ['its payload is padded', 'keyring-malformed', () => signed(`${payload()} `).replace(/\.([^.]+)\./, '.$1=.')],
  ['there is white space at its end', 'keyring-malformed', () => `${jws} `],
  ['there is a line break in it', 'keyring-malformed', () => withPart(1, `${part(1).slice(0, 40)}\n${part(1).slice(40)}`)],
  ['it is in base64 and not base64url', 'keyring-malformed', () => withPart(2, `${part(2).slice(0, 80)}++//${part(2).slice(84)}`)],
  [
    'its base64url has spare bits',
    'keyring-malformed',
    () => withPart(2, `${part(2).slice(0, 85)}${'BCDEFGHIJKLMNOP'.includes(part(2).slice(85)) ? 'R' : 'B'}`),
  ],
  ['it is in the JSON form of JWS', 'keyring-malformed', () => JSON.stringify({ payload: part(1), protected: part(0), signature: part(2) })],
  ['it is detached', 'keyring-malformed', () => `${part(0)}..${part(2)}`],
  ['it is empty', 'keyring-malformed', () => ''],
  ['it is 1 MB and more', 'keyring-malformed', () => signed(' '.repeat(1_048_576))],
  ['there are a million dots', 'keyring-malformed', () => '.'.repeat(999_999)],
];

function hs256(secret: Uint8Array): string {
  const input = `${encoded('{"alg":"HS256"}')}.${part(1)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
function hs512(secret: string | Buffer): string {
  const input = `${encoded('{"alg":"HS512"}')}.${part(1)}`;
  return `${input}.${createHmac('sha512', secret).update(input).digest('base64url')}`;
}

/** Signed by the true root key, and still nothing that a keyring can say. */
const payloads: readonly Forgery[] = [
  ['it is no JSON', 'keyring-invalid', () => signed('keys')],
  ['it is not UTF-8', 'keyring-malformed', () => signed(Uint8Array.from([0x7b, 0xff, 0x7d]))],
  ['it begins with a byte order mark', 'keyring-invalid', () => signed(`\ufeff${payload()}`)],
  ['it is a list', 'keyring-invalid', () => signed('[]')],
  ['it is null', 'keyring-invalid', () => signed('null')],
  ['it is nested deeply', 'keyring-invalid', () => signed(nested(100_000))],
  ['a reason is nested deeply', 'keyring-invalid', () => changed('"revoked":null', `"revoked":{"at":"2026-02-01T00:00:00.000Z","reason":${nested(100_000)}}`)],
  ['its version is 2', 'keyring-version', () => changed('"version":1', '"version":2')],
  ['its version is 0', 'keyring-version', () => changed('"version":1', '"version":0')],
  ['its version is a text', 'keyring-invalid', () => changed('"version":1', '"version":"1"')],
  ['it has no version', 'keyring-invalid', () => changed(',"version":1', '')],
  ['a key in it is given twice', 'keyring-not-canonical', () => changed('"sequence":3', '"sequence":3,"sequence":3')],
  ['a role in it is given twice', 'keyring-not-canonical', () => changed('"role":"us.commerce"', '"role":"us.commerce","role":"us.commerce"')],
  ['it has white space', 'keyring-not-canonical', () => changed('"sequence":3', '"sequence": 3')],
  ['its fields are in another order', 'keyring-not-canonical', () => signed(JSON.stringify({ version: 1, ...JSON.parse(payload()) }))],
  ['a letter is escaped', 'keyring-not-canonical', () => changed('jane.doe', String.raw`jane\u002edoe`)],
  ['its sequence is a text', 'keyring-invalid', () => changed('"sequence":3', '"sequence":"3"')],
  ['its sequence is not whole', 'keyring-invalid', () => changed('"sequence":3', '"sequence":3.5')],
  ['its sequence is written as 3e0', 'keyring-not-canonical', () => changed('"sequence":3', '"sequence":3e0')],
  ['its sequence is 0', 'keyring-invalid', () => changed('"sequence":3', '"sequence":0')],
  ['its sequence is negative', 'keyring-invalid', () => changed('"sequence":3', '"sequence":-3')],
  ['its sequence is past every number', 'keyring-invalid', () => changed('"sequence":3', '"sequence":1e999')],
  ['its sequence is no safe number', 'keyring-invalid', () => changed('"sequence":3', '"sequence":9007199254740993')],
  ['it has an unknown field', 'keyring-invalid', () => changed('"sequence":3', '"sequence":3,"trusted":true')],
  ['it has a field __proto__', 'keyring-invalid', () => changed('"sequence":3', '"sequence":3,"__proto__":{"version":1}')],
  ['a key has a field __proto__', 'keyring-invalid', () => changed('"role":"us.commerce"', '"__proto__":{"external":true},"role":"us.commerce"')],
  ['a key has a field constructor', 'keyring-invalid', () => changed('"role":"us.commerce"', '"constructor":1,"role":"us.commerce"')],
  ['its fields are inherited', 'keyring-invalid', () => signed(`{"__proto__":${payload()}}`)],
  ['its keys are no list', 'keyring-invalid', () => changed(/"keys":\[.*\],/, '"keys":{},')],
  ['a role is looked like', 'keyring-invalid', () => changed('us.commerce', 'us.\u0441ommerce')],
  ['a role is in capitals', 'keyring-invalid', () => changed('us.commerce', 'US.commerce')],
  ['a role is of every object', 'keyring-invalid', () => changed('us.commerce', 'constructor')],
  ['a role is unknown', 'keyring-invalid', () => changed('us.commerce', 'us.treasury')],
  ['a role is a list', 'keyring-invalid', () => changed('"us.commerce"', '["us.commerce"]')],
  ['a holder is looked like', 'keyring-invalid', () => changed('jane.doe', 'j\u0430ne.doe')],
  ['a holder has invisible characters', 'keyring-invalid', () => changed('jane.doe', 'jane\u200b.doe')],
  ['a holder reads backwards', 'keyring-invalid', () => changed('jane.doe', 'jane\u202edoe')],
  ['a holder leads to another folder', 'keyring-invalid', () => changed('jane.doe', '../jane')],
  ['a holder is empty', 'keyring-invalid', () => changed('jane.doe', '')],
  ['a holder is a number', 'keyring-invalid', () => changed('"jane.doe"', '7')],
  ['an id is not that of its key', 'keyring-invalid', () => changed(good.commerce.id, good.root.id)],
  ['an id leads to another folder', 'keyring-invalid', () => changed(good.commerce.id, `../${good.commerce.id.slice(3)}`)],
  ['a public key is another one', 'keyring-invalid', () => changed(good.commerce.publicKey, good.root.jwk.x ?? '')],
  ['a public key is padded', 'keyring-public-key', () => changed(good.commerce.publicKey, `${good.commerce.publicKey}=`)],
  ['a public key is cut', 'keyring-public-key', () => changed(good.commerce.publicKey, good.commerce.publicKey.slice(1))],
  ['a public key has a line break', 'keyring-public-key', () => changed(good.commerce.publicKey, String.raw`${good.commerce.publicKey}\n`)],
  ['a public key is of order 1', 'keyring-public-key', () => withPoint(`01${'00'.repeat(31)}`)],
  ['a public key is of order 4', 'keyring-public-key', () => withPoint('00'.repeat(32))],
  ['a public key is of order 8', 'keyring-public-key', () => withPoint('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')],
  ['a public key is not canonical', 'keyring-public-key', () => withPoint(`ee${'ff'.repeat(30)}7f`)],
  ['a public key is not on the curve', 'keyring-public-key', () => withPoint(`02${'00'.repeat(31)}`)],
  ['a key ends before it begins', 'keyring-invalid', () => changed('2027-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z')],
  ['a key ends when it begins', 'keyring-invalid', () => changed('2027-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')],
  ['a moment is a number', 'keyring-invalid', () => changed('"2027-01-01T00:00:00.000Z"', '1798761600000')],
  ['a moment is not in the calendar', 'keyring-invalid', () => changed('2027-01-01T00:00:00.000Z', '2027-02-30T00:00:00.000Z')],
  ['a moment is in another zone', 'keyring-invalid', () => changed('2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00+01:00')],
  ['a moment is without milliseconds', 'keyring-invalid', () => changed('2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00Z')],
  ['a key has no beginning', 'keyring-invalid', () => changed('"from":"2026-01-01T00:00:00.000Z",', '')],
  ['a key has no end, not even null', 'keyring-invalid', () => changed(',"until":"2027-01-01T00:00:00.000Z"', '')],
  ['a revocation lies in the future', 'keyring-invalid', () => changed('"revoked":null', '"revoked":{"at":"2026-03-02T00:00:00.000Z","reason":"lost"}')],
  ['a revocation has no reason', 'keyring-invalid', () => changed('"revoked":null', '"revoked":{"at":"2026-02-01T00:00:00.000Z"}')],
  [
    'a reason has terminal commands',
    'keyring-invalid',
    () => changed('"revoked":null', String.raw`"revoked":{"at":"2026-02-01T00:00:00.000Z","reason":"\u001b[2J"}`),
  ],
  ['a revocation is false', 'keyring-invalid', () => changed('"revoked":null', '"revoked":false')],
  ['a key is external by half', 'keyring-invalid', () => changed('"external":true', '"external":"yes"')],
  ['a key stands in it twice', 'keyring-invalid', () => signed(writeKeyring({ ...good.keyring, keys: [good.commerce, good.commerce] }))],
  ['a key serves two roles', 'keyring-invalid', () => signed(writeKeyring({ ...good.keyring, keys: [good.commerce, { ...good.commerce, role: 'us.state' }] }))],
  [
    'two keys of one holder and role are valid at the same time',
    'keyring-invalid',
    async () => {
      const { keyId: id, publicKey } = await freshKey();
      return signed(writeKeyring({ ...good.keyring, keys: [good.commerce, { ...good.commerce, id, publicKey, from: good.commerce.from + 1 }] }));
    },
  ],
];

describe('a keyring', () => {
  it('that the root key signed is read as it was written', async () => {
    expect(await readKeyring(jws, good.root.jwk)).toEqual(good.keyring);
  });

  it.each([...envelopes, ...payloads])('is refused when %s: %s', async (_what, code, forge) => {
    const forged = await forge();
    expect(forged).not.toBe(jws);
    const error = await faultOf(() => readKeyring(forged, good.root.jwk));
    expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.not.stringMatching(/\n|^\s+at |undefined/) });
    expect(error.message.length).toBeLessThan(500);
  });

  it('is refused when one byte of it is another', async () => {
    for (let at = 0; at < jws.length; at++) {
      const forged = `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
      expect(Object.keys(trustCodes)).toContain((await faultOf(() => readKeyring(forged, good.root.jwk))).code);
    }
  });

  it('is refused when it is cut anywhere', async () => {
    for (let length = 0; length < jws.length; length++)
      expect((await faultOf(() => readKeyring(jws.slice(0, length), good.root.jwk))).code).toBe('keyring-malformed');
  });

  it('is refused when it is older than one that was seen', async () => {
    await expect(readKeyring(jws, good.root.jwk, 3)).resolves.toMatchObject({ sequence: 3 });
    expect((await faultOf(() => readKeyring(jws, good.root.jwk, 4))).code).toBe('keyring-rolled-back');
  });

  it.each([
    ['of small order', () => jwkOf(Buffer.alloc(32).toString('base64url'))],
    ['of another curve', () => ({ ...good.root.jwk, crv: 'X25519' })],
    ['that is a secret', () => ({ kty: 'oct', k: good.root.jwk.x ?? '' })],
    ['for another algorithm', () => ({ ...good.root.jwk, alg: 'HS256' })],
    ['with its private half', () => ({ ...good.root.jwk, d: good.root.jwk.x ?? '' })],
    ['that is empty', () => ({})],
  ])('is not read under a root key %s', async (_what, root) => {
    expect((await faultOf(() => readKeyring(jws, root()))).code).toBe('root-invalid');
  });
});

// Signs an act without twokey, by Node alone: docs/signed-acts.md tells what each line does.
//
//   npx twokey status X-2001 --json > status.json
//   node examples/sign-act.mjs status.json key.pem passphrase.txt jane.doe us.commerce register applicationNumber=Z100001 > act.json
//   npx twokey send act.json
//
// The key is a PEM, and passphrase.txt a file that holds its passphrase, or - where it lies under none.
import { createHash, createPrivateKey, createPublicKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [statusFile, keyFile, passphraseFile, signer, role, act, ...said] = process.argv.slice(2);
const { order, signing } = JSON.parse(readFileSync(statusFile, 'utf8'));
const fields = Object.fromEntries(said.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));

const encode = (bytes) => Buffer.from(bytes).toString('base64url');
const sha256 = (text) => createHash('sha256').update(text);
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).toSorted();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
};

const passphrase = passphraseFile === '-' ? undefined : readFileSync(passphraseFile, 'utf8').trimEnd();
const key = createPrivateKey({ key: readFileSync(keyFile), passphrase });
const { crv, kty, x } = createPublicKey(key).export({ format: 'jwk' });
const kid = sha256(canonical({ crv, kty, x })).digest('base64url');

const claims = {
  format: 'twokey-act/1',
  ...{ act, order, genesis: signing.genesis, subject: sha256(canonical(signing.subjects[act])).digest('hex') },
  ...{ role, signer, epoch: signing.epoch, nonce: randomUUID(), issued: signing.now, expires: signing.now + 3_600_000, fields },
};
const header = encode(`{"alg":"EdDSA","kid":"${kid}","typ":"twokey-act"}`);
const payload = encode(canonical(claims));
const signature = encode(sign(null, Buffer.from(`${header}.${payload}`), key));
process.stdout.write(`${JSON.stringify({ payload, signatures: [{ protected: header, signature }] })}\n`);

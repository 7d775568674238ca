import { createCipheriv, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { keyIdOf, publicKeyOf } from './public-key.ts';
import { TrustError } from './trust-error.ts';

/** 2^14, 8 and 5: as hard as OWASP asks of scrypt, within the 32 MiB that OpenSSL grants when it opens such a file. */
const cost = { N: 0x4000, r: 8, p: 5, maxmem: 64 * 1024 * 1024 };
const derive = promisify<string, Uint8Array, number, typeof cost, Buffer>(scrypt);

/** Lengths of passphrases: characters at least, bytes at most (OpenSSL takes 1024). */
const passphraseLength = { characters: 12, bytes: 1_000 };
const pemLabel = 'ENCRYPTED PRIVATE KEY';

/** An Ed25519 key that was just made. */
export interface FreshKey {
  readonly keyId: string;
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** Makes an Ed25519 key. Its id never begins with a hyphen, which a command line would take for an option. */
export async function freshKey(): Promise<FreshKey> {
  for (;;) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const publicKey = publicKeyOf(privateKey);
    const keyId = await keyIdOf(publicKey);
    if (!keyId.startsWith('-')) return { keyId, publicKey, privateKey };
  }
}

/**
 * A private key as PKCS#8 PEM under a passphrase: PBES2 (RFC 8018) with scrypt (RFC 7914) and AES-256-CBC. Node's own export would use PBKDF2
 * with 2,048 rounds, so the envelope is written here; OpenSSL and Node open it. Throws `TrustError`, `passphrase-too-short`.
 */
export async function sealPrivateKey(key: KeyObject, passphrase: string): Promise<string> {
  const normal = normalized(passphrase);
  const [salt, start] = [randomBytes(16), randomBytes(16)];
  const secret = await derive(normal, salt, 32, cost);
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const cipher = createCipheriv('aes-256-cbc', secret, start);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  for (const buffer of [secret, plain]) buffer.fill(0);
  const derivation = sequence(objectId.scrypt, sequence(octets(salt), wholeNumber(cost.N), wholeNumber(cost.r), wholeNumber(cost.p)));
  const encryption = sequence(objectId.aes256cbc, octets(start));
  const file = sequence(sequence(objectId.pbes2, sequence(derivation, encryption)), octets(sealed));
  return `-----BEGIN ${pemLabel}-----\n${file.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${pemLabel}-----\n`;
}

/** Opens a PEM that `sealPrivateKey` or OpenSSL wrote. Throws `TrustError`: `key-file-invalid`, `passphrase-wrong`. `file` names it in errors. */
export function openPrivateKey(pem: string, passphrase: string, file: string): KeyObject {
  if (!pem.startsWith(`-----BEGIN ${pemLabel}-----\n`))
    throw new TrustError('key-file-invalid', `${file}: expected an encrypted private key in PEM (BEGIN ${pemLabel})`);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', passphrase: normalized(passphrase) });
  } catch (error) {
    if (error instanceof TrustError) throw error;
    throw new TrustError('passphrase-wrong', `${file}: the passphrase does not open this key, or the file is damaged`, { cause: error });
  }
  if (createPublicKey(key).asymmetricKeyType !== 'ed25519') throw new TrustError('key-file-invalid', `${file}: expected an Ed25519 key`);
  return key;
}

/** The same passphrase, however a keyboard composed its letters. */
function normalized(passphrase: string): string {
  const text = passphrase.normalize('NFC');
  const { characters, bytes } = passphraseLength;
  if (Array.from(text).length < characters)
    throw new TrustError('passphrase-too-short', `the passphrase is too short: expected at least ${characters} characters`);
  if (Buffer.byteLength(text) > bytes) throw new TrustError('passphrase-too-short', `the passphrase is too long: expected at most ${bytes} bytes`);
  return text;
}

/** ASN.1 (DER) as far as the envelope needs it: every part is shorter than 256 bytes. */
function part(tag: number, content: Uint8Array): Buffer {
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Uint8Array.from([tag, ...length]), content]);
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => part(0x30, Buffer.concat(parts));
const octets = (bytes: Uint8Array): Buffer => part(0x04, bytes);
const wholeNumber = (value: number): Buffer => part(0x02, Uint8Array.from(value < 128 ? [value] : [value >> 8, value & 255]));
const objectId = {
  /** 1.2.840.113549.1.5.13 */
  pbes2: Buffer.from('06092a864886f70d01050d', 'hex'),
  /** 1.3.6.1.4.1.11591.4.11 */
  scrypt: Buffer.from('06092b06010401da47040b', 'hex'),
  /** 2.16.840.1.101.3.4.1.42 */
  aes256cbc: Buffer.from('060960864801650304012a', 'hex'),
};

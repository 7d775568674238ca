import { isAbsolute, join } from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';
import { codeOf, readGuarded, writeGuarded } from './guarded-files.ts';
import { publicKeyOfJwk } from './public-key.ts';
import { TrustError } from './trust-error.ts';

/** Where things lie in a home. Ids come out of a keyring or were just made: 43 characters of base64url, so no id leaves the folder. */
export const keyFiles = (home: string) => {
  const folder = join(home, 'keys');
  return {
    folder,
    lock: join(folder, 'keyring.lock'),
    root: join(folder, 'root.jwk'),
    keyring: join(folder, 'keyring.jws'),
    privateKey: (keyId: string): string => join(folder, `${keyId}.pem`),
    signer: (keyId: string): string => join(folder, `${keyId}.json`),
  };
};

/** The root's public key of a home, as a JWK; undefined where there are no keys yet. Throws `TrustError`: `root-invalid`, `key-file-unsafe`. */
export function readRoot(home: string): JWK | undefined {
  const file = keyFiles(home).root;
  const text = readGuarded(file, 'authentic');
  if (text === undefined) return undefined;
  let jwk: unknown;
  try {
    jwk = JSON.parse(text);
  } catch (error) {
    throw new TrustError('root-invalid', `${file}: no JSON`, { cause: error instanceof SyntaxError ? undefined : error });
  }
  return { kty: 'OKP', crv: 'Ed25519', x: publicKeyOfJwk(jwk, file, 'root-invalid') };
}

/** Writes a sealed private key; one that is there already is never written over. Throws `TrustError`, `key-exists`. */
export function writePrivateKey(home: string, keyId: string, pem: string): void {
  try {
    writeGuarded(keyFiles(home).privateKey(keyId), pem, { isNew: true });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new TrustError('key-exists', `there is a private key ${keyId} already`, { cause: error });
    throw error;
  }
}

/** A program that signs: its absolute path and its arguments, and how long it may take. */
const signerSchema = z.strictObject({
  command: z.array(z.string().max(4_096)).min(1).max(100),
  timeoutSeconds: z.int().min(1).max(600).default(30),
});
export type SignerCommand = z.infer<typeof signerSchema>;

/** Reads a signer command, `{"command": ["/path/of/program", "argument"], "timeoutSeconds": 30}`. Throws `TrustError`, `signer-invalid`. */
export function parseSignerCommand(text: string, file: string): SignerCommand {
  const fault = new TrustError(
    'signer-invalid',
    `${file}: expected {"command": ["/path/of/program", "argument", ...], "timeoutSeconds": 1 to 600}, the path absolute`,
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw fault;
  }
  const read = signerSchema.safeParse(value);
  if (!read.success || !isAbsoluteProgram(read.data.command[0])) throw fault;
  return read.data;
}

/** Keeps the signer command of a key; it names no secret, but whoever may change it decides what runs. */
export const writeSignerCommand = (home: string, keyId: string, signer: SignerCommand): void =>
  writeGuarded(keyFiles(home).signer(keyId), `${JSON.stringify(signer)}\n`);

/** No search along PATH, so that nobody's folder decides which program signs. */
const isAbsoluteProgram = (program = ''): boolean => isAbsolute(program) && !program.includes('\0');

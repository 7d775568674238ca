import { spawn } from 'node:child_process';
import type { SignerCommand } from './key-files.ts';
import type { KeyringEntry } from '../domain/signing/keyring.ts';
import { isSignatureOf } from './public-key.ts';
import type { Signer } from './signer.ts';
import { TrustError } from './trust-error.ts';

/** 86 characters of base64url and a line end are all that a signature can come to. */
const mostBytes = 88;

/**
 * A signer whose key is in the hands of another program: the bytes to sign go to its standard input, the signature comes back on its standard
 * output, 64 bytes raw or in base64url. What it answers is checked against the public key before anybody sees it. Runs without a shell; what the
 * program says on standard error goes to the terminal. Throws `TrustError`, `signer-failed`.
 */
export const commandSigner = ({ id, holder, publicKey }: KeyringEntry, { command, timeoutSeconds }: SignerCommand): Signer => ({
  keyId: id,
  holder,
  sign: async (bytes) => {
    const signature = signatureIn(await answerOf(command, bytes, timeoutSeconds * 1_000));
    if (!signature) throw failed('answered no signature; expected 64 bytes, raw or in base64url');
    if (!isSignatureOf(publicKey, bytes, signature)) throw failed(`answered a signature that is not of key ${id} over these bytes`);
    return signature;
  },
});

const failed = (what: string, cause?: unknown): TrustError => new TrustError('signer-failed', `the signer command ${what}`, { cause });

function signatureIn(answer: Buffer): Uint8Array | undefined {
  if (answer.length === 64) return Uint8Array.from(answer);
  const text = answer.toString('latin1').replace(/\r?\n$/, '');
  if (!/^[A-Za-z0-9_-]{86}$/.test(text)) return undefined;
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

function answerOf([program = '', ...args]: readonly string[], bytes: Uint8Array, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], shell: false, windowsHide: true });
    const parts: Buffer[] = [];
    let received = 0;
    // Ends it now; a grandchild that keeps the pipe open is not waited for.
    const giveUp = (error: TrustError): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      child.stdin.destroy();
      child.stdout.destroy();
      reject(error);
    };
    const timer = setTimeout(() => giveUp(failed(`did not answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    child.on('error', (error) => giveUp(failed('could not be run', error)));
    child.stdout.on('data', (part: Buffer) => {
      received += part.length;
      parts.push(part);
      if (received > mostBytes) giveUp(failed(`answered more than ${mostBytes} bytes; expected a signature of 64, raw or in base64url`));
    });
    // A program that answers without reading to the end is judged by its answer.
    child.stdin.on('error', (error) => {
      if (!('code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET'))) giveUp(failed('does not take the bytes to sign', error));
    });
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(parts));
      else reject(failed(exitCode === null ? `was ended by ${signal}` : `ended with exit code ${exitCode}`));
    });
    child.stdin.end(bytes);
  });
}

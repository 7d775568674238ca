import { z } from 'zod';
import { isRefusal } from '../domain/refusal.ts';
import { type Claims, readClaims } from '../domain/signing/claims.ts';
import { type Envelope, openEnvelope, type UnprovenSignature } from '../domain/signing/envelope.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { usage } from './failure.ts';
import { readSmallFile, writeFile } from './files.ts';

/** An envelope as it came: what it says, and signatures that nobody has looked at. */
export interface ReadEnvelope {
  readonly envelope: Envelope;
  readonly claims: Claims;
  readonly signatures: readonly UnprovenSignature[];
}

const form = z.strictObject({ payload: z.string(), signatures: z.array(z.strictObject({ protected: z.string(), signature: z.string() })) });

/**
 * Reads an envelope that was kept for somebody. Throws `CommandFailure`: `file-unreadable`, `envelope-malformed`, `algorithm-refused`,
 * `claims-invalid`.
 */
export function readEnvelope(file: string): ReadEnvelope {
  const value = parsed(file, readSmallFile(file));
  const opened = openEnvelope(value, nodePrimitives);
  if (isRefusal(opened)) throw usage(`${file}: ${opened.message}. Accepted: ${opened.accepted}`, opened.refused);
  const claims = readClaims(opened.text, nodePrimitives);
  if (isRefusal(claims)) throw usage(`${file}: ${claims.message}. Accepted: ${claims.accepted}`, claims.refused);
  return { envelope: form.parse(value), claims, signatures: opened.signatures };
}

/** Keeps an envelope for whoever signs it next, or sends it. Throws `CommandFailure`, `file-unwritable`. */
export const writeEnvelope = (file: string, envelope: Envelope): void => writeFile(file, `${JSON.stringify(envelope)}\n`);

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw usage(`${file}: no JSON, expected an envelope that twokey act --write wrote`, 'envelope-malformed');
  }
}

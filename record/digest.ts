import { createHash } from 'node:crypto';
import { canonicalText, type Json } from './json.ts';

/** SHA-256 of bytes, or of a text as UTF-8, as 64 small hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** SHA-256 of the canonical text of a value. */
export const digestOf = (value: Json): string => sha256(canonicalText(value));

import { z } from 'zod';
import { base64urlOf32 } from '../trust/public-key.ts';
import { formats, limits, type RecordFile } from './format.ts';
import { isObject, type JsonObject } from './json.ts';

const whole = z.int().min(0);
const moment = whole.max(limits.latest);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 small hexadecimal digits');
/** Any object: that all in it may stand in a record has been seen to before. */
const jsonObject = z.custom<JsonObject>(isObject, 'expected an object');

export const entrySchema = z.strictObject({
  sequence: whole,
  at: moment,
  event: jsonObject,
  envelope: z.string().min(1).exactOptional(),
  previous: hash,
  hash,
});

/** A proof of inclusion, which is looked at once its signer is known. */
export const inclusionSchema = z.strictObject({ position: whole, path: z.array(hash), checkpoint: z.string(), consistency: z.array(hash).exactOptional() });

/** What a file must look like to be read as a record; its entries are judged one by one later. */
export type UnjudgedRecord = Omit<RecordFile, 'entries' | 'inclusion'> & { readonly entries: readonly unknown[]; readonly inclusion: JsonObject | null };
export const chainSchema = z.strictObject({
  format: z.literal(formats.record),
  order: z.string().min(1),
  terms: jsonObject,
  policy: jsonObject,
  entries: z.array(z.unknown()),
});
export const recordSchema = chainSchema
  .extend({
    head: z.strictObject({ count: whole, hash, exportedAt: moment, state: z.enum(['open', 'closed']) }),
    inclusion: jsonObject.nullable(),
    signature: z.string().min(1).nullable(),
    keyring: z.string().min(1).nullable(),
    root: z.strictObject({ crv: z.literal('Ed25519'), kty: z.literal('OKP'), x: z.string().regex(base64urlOf32, 'expected 32 bytes in base64url') }).nullable(),
  })
  .refine(isWhole, { path: ['signature'], error: 'expected with keyring and root, or null as they and inclusion are' });

/** Signature, keyring and root come together, and a proof of inclusion only with them. */
function isWhole({ signature, keyring, root, inclusion }: Pick<UnjudgedRecord, 'signature' | 'keyring' | 'root' | 'inclusion'>): boolean {
  const given = [signature, keyring, root].filter((part) => part !== null).length;
  return given === 3 || (given === 0 && inclusion === null);
}

/** What a schema found first, as a sentence. */
export function fieldFault(value: unknown, issue: z.core.$ZodIssue | undefined): string {
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') return `${[...path, issue.keys[0] ?? ''].join('.')}: unknown field`;
  const isThere = path.every((_, depth) => hasOwn(reach(value, path.slice(0, depth)), path[depth] ?? ''));
  return `${path.join('.')}: ${isThere ? (issue?.message ?? 'not of its form') : 'missing'}`;
}

const hasOwn = (value: unknown, name: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, name);
const reach = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined), value);

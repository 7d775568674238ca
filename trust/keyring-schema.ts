import canonicalize from 'canonicalize';
import { z } from 'zod';
import { faultOfText } from '../domain/fields.ts';
import { isHolder, keyRoles } from '../domain/signing/key-roles.ts';
import { endOf, type Keyring, type KeyringEntry, told } from '../domain/signing/keyring.ts';
import { base64urlOf32, faultOfPublicKey, keyIdOf } from './public-key.ts';
import { TrustError } from './trust-error.ts';

const textThat = (fits: (text: string) => boolean, expected: string) => z.string(`expected ${expected}`).refine(fits, `expected ${expected}`);

const isMoment = (text: string): boolean => /^\d{4}-/.test(text) && !Number.isNaN(Date.parse(text)) && told(Date.parse(text)) === text;
const moment = textThat(isMoment, 'a moment such as 2026-01-21T15:00:00.000Z').transform((text) => Date.parse(text));
const reason = textThat((text) => faultOfText(text) === undefined, 'a readable text of at most 2000 characters');

const entrySchema = z
  .strictObject({
    id: textThat((text) => base64urlOf32.test(text), 'a JWK thumbprint, 32 bytes in base64url'),
    role: z.enum(keyRoles),
    holder: textThat(isHolder, "a person's code of 1 to 64 letters, digits, dots, hyphens or underscores"),
    publicKey: textThat((text) => text.isWellFormed(), '32 bytes in base64url'),
    from: moment,
    until: moment.nullable(),
    revoked: z.strictObject({ at: moment, reason }).nullable(),
    external: z.literal(true).optional(),
  })
  .transform(({ external, ...entry }): KeyringEntry => ({ ...entry, ...(external && { external }) }));
const keyringSchema = z.strictObject({
  version: z.literal(1),
  sequence: z.int().min(1),
  issuedAt: moment,
  keys: z.array(entrySchema).max(10_000),
});

/**
 * The keyring that a JSON text says, which must be in the one form that `writeKeyring` gives. Throws `TrustError`: `keyring-invalid`,
 * `keyring-version`, `keyring-not-canonical`, `keyring-public-key`. Says nothing of who signed it.
 */
export async function parseKeyring(text: string): Promise<Keyring> {
  const value = parsed(text);
  const versioned = z.looseObject({ version: z.number() }).safeParse(value);
  if (versioned.success && versioned.data.version !== 1)
    throw new TrustError('keyring-version', `the keyring is of version ${versioned.data.version}; this release reads version 1`);
  const read = keyringSchema.safeParse(value);
  if (!read.success) throw invalid(firstFault(read.error));
  // Strict fields, no key twice, one way to write each value: two readers cannot understand it differently.
  if (canonicalize(value) !== text) throw new TrustError('keyring-not-canonical', 'the keyring is not in canonical form (RFC 8785)');
  for (const [index, { id, publicKey }] of read.data.keys.entries()) {
    const fault = faultOfPublicKey(publicKey);
    if (fault !== undefined) throw new TrustError('keyring-public-key', `keys.${index}.publicKey: ${fault}`);
    if (id !== (await keyIdOf(publicKey))) throw invalid(`keys.${index}.id: not the thumbprint of its public key`);
  }
  const fault = faultOfKeyring(read.data);
  if (fault !== undefined) throw invalid(fault);
  return read.data;
}

/** A keyring as canonical JSON (RFC 8785), times in ISO 8601. */
export function writeKeyring({ keys, issuedAt, ...rest }: Keyring): string {
  const entries = keys.map(({ from, until, revoked, ...entry }) => ({
    ...entry,
    from: told(from),
    until: until === null ? null : told(until),
    revoked: revoked && { at: told(revoked.at), reason: revoked.reason },
  }));
  const text = canonicalize({ ...rest, issuedAt: told(issuedAt), keys: entries });
  if (text === undefined) throw invalid('the keyring cannot be written as JSON');
  return text;
}

/** What no keyring can say although every field is of its form; undefined where nothing is wrong. */
export function faultOfKeyring({ keys, issuedAt }: Keyring): string | undefined {
  const seen = new Set<string>();
  const codes = new Map<string, string>();
  const ends = new Map<string, { readonly id: string; readonly until: number }>();
  for (const entry of keys.toSorted((one, other) => one.from - other.from)) {
    const { id, role, holder, from, until, revoked } = entry;
    if (seen.has(id)) return `key ${id} stands in it twice`;
    seen.add(id);
    const alike = codes.get(holder.toLowerCase()) ?? holder;
    if (alike !== holder) return `${alike} and ${holder} differ in capital letters alone, and would count as two people`;
    codes.set(holder.toLowerCase(), holder);
    if (until !== null && until <= from) return `key ${id} ends at ${told(until)}, before it begins at ${told(from)}`;
    if (revoked && revoked.at > issuedAt) return `key ${id} is revoked as of ${told(revoked.at)}, later than the keyring itself`;
    if (endOf(entry) <= from) continue;
    const before = ends.get(`${holder} ${role}`);
    if (before && before.until > from) return `keys ${before.id} and ${id} of ${holder} as ${role} are valid at the same time`;
    ends.set(`${holder} ${role}`, { id, until: endOf(entry) });
  }
  return undefined;
}

function firstFault({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.');
  return `${place ? place : 'the keyring'}: ${(issue?.message ?? 'not of its form').slice(0, 300)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the text.
    throw invalid('the keyring is no JSON');
  }
}

const invalid = (message: string): TrustError => new TrustError('keyring-invalid', message);

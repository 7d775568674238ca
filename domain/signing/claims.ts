import { type ActName, acts, policyActs } from '../acts.ts';
import { faultOfText, isDigest } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { isRole, type Role } from '../roles.ts';
import { isRecordOf } from './envelope.ts';
import { isHolder } from './key-roles.ts';
import type { Primitives } from './primitives.ts';

/** Everything that is signed: the acts on an order, those of the policy board, and its submission or import. */
export type SignedActName = ActName | keyof typeof policyActs | Beginning;
/** How an order begins: it is submitted, or imported in the midst of its life. */
type Beginning = 'submit' | 'import';
export const isBeginning = (act: string): act is Beginning => act === 'submit' || act === 'import';
const isSignedActName = (text: string): text is SignedActName => isBeginning(text) || Object.hasOwn(acts, text) || Object.hasOwn(policyActs, text);

/** What the desk has of an act that an authority did elsewhere. */
export interface Evidence {
  /** SHA-256 of the document, 64 hexadecimal digits. */
  readonly document: string;
  /** The number that the issuer gave it. */
  readonly issuerNumber: string;
  /** When the authority decided, epoch milliseconds; the act counts from when it is taken. */
  readonly decidedAt: number;
}

/** What a signature says. Times in epoch milliseconds. */
export interface Claims {
  readonly format: 'twokey-act/1';
  readonly act: SignedActName;
  /** Id of the order. */
  readonly order: string;
  /** Binds the order's id, terms and policy: what its record begins with (docs/record-format.md). */
  readonly genesis: string;
  /** SHA-256 of the canonical JSON of `subjectOf`. */
  readonly subject: string;
  readonly role: Role;
  /** Person's code of the first signer. */
  readonly signer: string;
  /** The policy epoch that the order had heard of; of a hold or lift, its own. */
  readonly epoch: number;
  /** Names the act: an order takes it once. */
  readonly nonce: string;
  readonly issued: number;
  readonly expires: number;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  /** There where the desk records what an authority did. */
  readonly evidence?: Evidence;
  /** Compact JWS by which somebody lets a signer act in their place. */
  readonly delegations?: readonly string[];
}

const required = ['format', 'act', 'order', 'genesis', 'subject', 'role', 'signer', 'epoch', 'nonce', 'issued', 'expires', 'fields'] as const;
const orderId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** What an order takes as the name of a signed act. */
export const nonceForm = /^[\x21-\x7e]{8,100}$/;
/** As long as a compact JWS of one may be; what is in it is read where somebody relies on it. */
const delegationForm = /^[\x21-\x7e]{0,8000}$/;
const mostFields = 50;
/** Parts of an act that stand in claims of their own, and the one name that a copy of an object may lose. */
const noFields: ReadonlySet<string> = new Set(['name', 'by', 'id', '__proto__']);

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
/** A moment that a calendar knows, in epoch milliseconds. */
export const isMoment = (value: unknown): value is number => isWhole(value) && value <= 8_640_000_000_000_000;

const checks: { readonly [N in (typeof required)[number]]: (value: unknown) => boolean } = {
  format: (value) => value === 'twokey-act/1',
  act: (value) => typeof value === 'string' && isSignedActName(value),
  order: (value) => typeof value === 'string' && orderId.test(value),
  genesis: isDigest,
  subject: isDigest,
  role: (value) => typeof value === 'string' && isRole(value),
  signer: (value) => typeof value === 'string' && isHolder(value),
  epoch: isWhole,
  nonce: (value) => typeof value === 'string' && nonceForm.test(value),
  issued: isMoment,
  expires: isMoment,
  fields: areFields,
};

/** The claims in an envelope's text, which must be written in the one way there is. Refuses as `claims-invalid`. */
export function readClaims(text: string, primitives: Primitives): Claims | Refusal {
  const invalid = (what: string): Refusal =>
    refuse('claims-invalid', `what was signed ${what}`, 'canonical JSON (RFC 8785) of the claims in docs/signed-acts.md');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid('is no JSON');
  }
  if (!isRecordOf(value, required, ['evidence', 'delegations'])) return invalid('has other fields than the claims of an act');
  for (const name of required) if (!checks[name](value[name])) return invalid(`has ${name} in another form`);
  if (Object.hasOwn(value, 'evidence') && !isEvidence(value['evidence'])) return invalid('has evidence in another form');
  if (Object.hasOwn(value, 'delegations') && !areDelegations(value['delegations'])) return invalid('has delegations in another form');
  // Every value has been looked at, so this neither goes deep nor fails; it also finds names that stand twice.
  if (primitives.canonicalText(value) !== text) return invalid('is not in canonical form');
  return isRead(value) ? value : invalid('is of another form');
}

/** Follows the checks above, which the types cannot. */
const isRead = (value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Claims => value['format'] === 'twokey-act/1';

function areFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  return (
    entries.length <= mostFields &&
    entries.every(([name, one]) => isText(name) && !noFields.has(name) && (Array.isArray(one) ? one.length <= mostFields && one.every(isText) : isText(one)))
  );
}

function isText(value: unknown): boolean {
  return faultOfText(value) === undefined;
}

function isEvidence(value: unknown): boolean {
  if (!isRecordOf(value, ['document', 'issuerNumber', 'decidedAt'])) return false;
  return isDigest(value['document']) && isText(value['issuerNumber']) && isMoment(value['decidedAt']);
}

function areDelegations(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.length <= 2 && value.every((one) => typeof one === 'string' && delegationForm.test(one));
}

import { z } from 'zod';
import { isRole } from '../domain/roles.ts';
import type { Claims, Evidence } from '../domain/signing/claims.ts';
import type { Signatory } from '../domain/signing/signed.ts';
import type { Acts, Decision } from '../record/acts.ts';
import type { Entry } from '../record/format.ts';
import type { Json } from '../record/json.ts';

/**
 * By whom an entry was brought about, and how that is known. `authenticated`: a person of the role signed it. `recorded`: the desk says so, on
 * evidence. `unsigned`: nobody signed, and who it was is the desk's word. `not-judged`: signed, in a file without keys. Nothing of it is a person's
 * where `kind` is null. `imported`: whoever imported the order says so, on evidence; who that was is told by the import itself.
 */
export type Standing =
  | { readonly kind: null }
  | { readonly kind: 'unsigned' | 'not-judged'; readonly role: string }
  | { readonly kind: 'imported'; readonly role: string; readonly evidence: Evidence; readonly recordedAt: number }
  | { readonly kind: 'authenticated' | 'recorded'; readonly role: string; readonly decision: Decision };

const nobody: Standing = { kind: null };

/** The standing of each entry of a record, in their order. */
export function standingsOf(entries: readonly Entry[], acts: Acts): Standing[] {
  return standingsHere(entries, acts).map((standing, index) => importedIn(entries[index]) ?? standing);
}

/** Whose word something from before an import is. */
function importedIn(entry: Entry | undefined): Standing | undefined {
  const { by, act, imported } = entry?.event ?? {};
  if (imported === undefined) return undefined;
  const mark = markSchema.safeParse(imported).data;
  return act !== undefined && typeof by === 'string' && mark ? { kind: 'imported', role: by, ...mark } : nobody;
}

const markSchema = z.object({
  recordedAt: z.number(),
  evidence: z.object({ document: z.string(), issuerNumber: z.string(), decidedAt: z.number() }),
});

function standingsHere(entries: readonly Entry[], acts: Acts): Standing[] {
  if (acts.kind !== 'signed') return entries.map((entry) => unsigned(entry, acts.kind));
  const decisions = new Map(acts.decisions.map((decision) => [decision.index, decision]));
  let last: Standing = nobody;
  return entries.map(({ sequence, event }) => {
    const decision = decisions.get(sequence);
    if (decision) last = { kind: decision.signed.kind, role: decision.role, decision };
    // What an act leads to beside its first event is told by the entries right after it.
    else if (event['act'] === undefined) last = nobody;
    return last;
  });
}

/** An act of a person has a name; what an order does by itself may be told in the name of a role. */
function unsigned({ event: { by, act, type } }: Entry, kind: 'unsigned' | 'not-judged'): Standing {
  const role = typeof by === 'string' && isRole(by) ? by : undefined;
  const isPersons = act !== undefined || type === 'order-submitted' || type === 'order-imported' || type === 'policy-held' || type === 'policy-lifted';
  return isPersons ? { kind, role: role ?? 'policy.admin' } : nobody;
}

/** A standing in a word or two, for a list; the kinds are never told alike. */
export function markOf(standing: Standing): string {
  switch (standing.kind) {
    case null:
      return '';
    case 'unsigned':
      return `${standing.role} (not signed)`;
    case 'not-judged':
      return `${standing.role} (not judged)`;
    case 'imported':
      return `${standing.role} (imported)`;
    case 'recorded':
      return `${standing.role} (recorded by the desk)`;
    case 'authenticated':
      return `${standing.role} (authenticated)`;
  }
}

/** The whole sentence. */
export function whoOf(standing: Standing): string {
  if (standing.kind === null) return '';
  if (standing.kind === 'imported')
    return `${standing.role} on ${evidenceOf(standing.evidence)}, as whoever imported the order recorded on ${iso(standing.recordedAt).slice(0, 10)}`;
  if (!('decision' in standing))
    return standing.kind === 'unsigned' ? `${standing.role}, not signed by anybody` : `${standing.role}, signed, which is not judged here`;
  const { role, decision } = standing;
  const { signed, revokedSince } = decision;
  const confirmed = signed.confirmedBy ? `, confirmed by ${personOf(signed.confirmedBy)}` : '';
  const doubt = revokedSince === null ? '' : ', BY A KEY THAT WAS REVOKED SINCE';
  return signed.kind === 'authenticated'
    ? `${role}, authenticated by ${personOf(signed.by)}${confirmed}${doubt}`
    : `recorded by desk ${personOf(signed.by)} for ${role} on ${evidenceOf(signed.evidence)}${confirmed}${doubt}`;
}

const personOf = ({ person, inPlaceOf }: Signatory): string => (inPlaceOf === undefined ? person : `${person} in the place of ${inPlaceOf}`);
const evidenceOf = ({ issuerNumber, decidedAt, document }: Evidence): string =>
  `${issuerNumber} decided ${new Date(decidedAt).toISOString().slice(0, 10)} (sha256 ${document})`;

/** What was signed, as a script reads it. */
export function decisionDocument({ index, at, act, role, fields, signed, revokedSince }: Decision): unknown {
  const { kind, by, confirmedBy } = signed;
  const evidence = signed.kind === 'recorded' ? { ...signed.evidence, decidedAt: iso(signed.evidence.decidedAt) } : null;
  return { index, at: iso(at), act, role, fields: plain(fields), kind, by, confirmedBy: confirmedBy ?? null, evidence, revokedSince };
}
const iso = (at: number): string => new Date(at).toISOString();
const plain = (fields: Claims['fields']): Readonly<Record<string, Json>> => fields;

import type { ImportMark } from '../domain/past.ts';
import type { Role } from '../domain/roles.ts';
import type { Signatory, Signed } from '../domain/signing/signed.ts';
import { dayOf } from '../domain/stage.ts';

/**
 * Who brought a fact about, for a person; undefined where nobody did. A plain act has its role alone; a signed one says who signed it; what the
 * desk recorded begins with the desk, and says for whom and on which evidence. What was imported is the word of who imported it.
 */
export function authorOf({ by, signed, imported }: { readonly by?: Role; readonly signed?: Signed; readonly imported?: ImportMark }): string | undefined {
  if (imported?.evidence) return `${by ?? 'told'}, as imported on ${imported.evidence.issuerNumber} of ${dayOf(imported.evidence.decidedAt)}`;
  if (!signed) return by;
  const confirmed = signed.confirmedBy ? `, confirmed by ${personOf(signed.confirmedBy)}` : '';
  if (signed.kind === 'authenticated') return `${by ?? signed.by.role}, signed by ${personOf(signed.by)}${confirmed}`;
  const { issuerNumber, decidedAt } = signed.evidence;
  return `${signed.by.role} ${personOf(signed.by)} for ${by ?? 'another'} on ${issuerNumber} of ${dayOf(decidedAt)}${confirmed}`;
}

/** A person by their code, and in whose place they signed where it was not their own. */
const personOf = ({ person, inPlaceOf }: Signatory): string => (inPlaceOf === undefined ? person : `${person} in place of ${inPlaceOf}`);

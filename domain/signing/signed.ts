import type { Role } from '../roles.ts';
import type { Evidence } from './claims.ts';

/** A person who signed, in a role of their own or of somebody who delegated it. */
export interface Signatory {
  /** The person's code. */
  readonly person: string;
  readonly role: Role;
  /** The key's id. */
  readonly key: string;
  /** Whose role it is, where it was delegated. */
  readonly inPlaceOf?: string;
}

/**
 * Who stands behind an act. `authenticated`: somebody of the role itself signed it. `recorded`: the desk says that an authority did it, on
 * evidence, and a second person confirms. The one is never shown as the other.
 */
export type Signed = { readonly by: Signatory; readonly confirmedBy?: Signatory } & (
  { readonly kind: 'authenticated' } | { readonly kind: 'recorded'; readonly evidence: Evidence }
);

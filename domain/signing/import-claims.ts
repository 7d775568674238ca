import { type Refusal, refuse } from '../refusal.ts';
import type { Claims } from './claims.ts';

/** What people sign who import an order: the digest of all that is told of its past. */
export const importFields = (digest: string): Claims['fields'] => ({ past: digest });

/** Why claims are not those of an import of this past; undefined where they are. */
export const importFault = ({ act, fields }: Claims, digest: string): Refusal | undefined =>
  act === 'import' && fields['past'] === digest
    ? undefined
    : refuse('wrong-act', `${act} was signed, and not the import of this past`, 'an import of the past as it is told');

import { isHolder } from '../domain/signing/key-roles.ts';
import { refused, usage } from './failure.ts';
import type { Output } from './output.ts';
import { findKeysHere, openPerson } from './signers.ts';

/** Two people of the desk who stand behind something that is not signed. */
export interface DeskPair {
  readonly holder: string;
  readonly confirmedBy: string;
}

/**
 * Two different people of the desk, as `seller.desk` and `compliance.second`. Where this home has keys, each opens their own; where it has none, they
 * are who the command line says. Throws `CommandFailure`: `second-missing`, `holder-invalid`, `same-person`; and as `openPerson` does.
 */
export async function deskPair({ holder, confirmBy }: { readonly holder?: string; readonly confirmBy?: string }, out: Output): Promise<DeskPair> {
  if (confirmBy === undefined) throw usage('of the desk it takes two people: --confirm-by CODE names the second, as compliance.second', 'second-missing');
  const keys = await findKeysHere(out);
  if (!keys) return named(holder, confirmBy);
  const at = Date.now();
  const first = await openPerson(keys, { role: 'seller.desk', holder, beside: confirmBy, at });
  const second = await openPerson(keys, { role: 'compliance.second', holder: confirmBy, beside: first.holder, at });
  return { holder: first.holder, confirmedBy: second.holder };
}

function named(holder: string | undefined, confirmedBy: string): DeskPair {
  if (holder === undefined) throw usage('there are no keys here that tell who you are: --holder CODE names the first of the two people', 'second-missing');
  if (![holder, confirmedBy].every(isHolder))
    throw usage('--holder and --confirm-by: expected the codes of people, 1 to 64 letters, digits, dots, hyphens or underscores', 'holder-invalid');
  if (holder === confirmedBy) throw refused('same-person', `${holder} is one person. Accepted: another one as --confirm-by`);
  return { holder, confirmedBy };
}

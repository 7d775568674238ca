import { openOrder } from '../domain/order.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import { signAct } from '../trust/sign-act.ts';
import { TrustError } from '../trust/trust-error.ts';
import { usage } from './failure.ts';
import type { Output } from './output.ts';
import { findKeysHere, openPerson } from './signers.ts';
import { longestLifetimeMs } from '../domain/signing/signatories.ts';

/** Somebody of the desk who signs submissions. */
export interface Submitter {
  readonly holder: string;
  /** What an order is given so that it takes signed acts alone; signed now. */
  trustFor(terms: OrderTerms, policy: Policy): Promise<OrderTrust>;
}

/**
 * Who of this home signs submissions: `none` where it has no keys, or nobody shall sign. Asks for the passphrase of one key. Throws
 * `CommandFailure` and `TrustError` as `openPerson` does.
 */
export async function submitterHere(
  { holder, unsigned = false }: { readonly holder?: string; readonly unsigned?: boolean },
  out: Output,
): Promise<Submitter | 'none'> {
  if (unsigned && holder !== undefined) throw usage('--holder says who signs, and --unsigned that nobody does: give one of them');
  const keys = unsigned ? undefined : await findKeysHere(out);
  if (!keys && holder !== undefined) throw usage('--holder says who signs, and there are no keys here: twokey keys new seller.desk --holder CODE');
  if (!keys) return 'none';
  const at = Date.now();
  const signer = await openPerson(keys, { role: 'seller.desk', holder, at }).catch((error: unknown) => {
    if (!(error instanceof TrustError) || error.code !== 'key-missing') throw error;
    throw new TrustError('key-missing', `${error.message}; or let the orders take plain acts: twokey submit --unsigned`, { cause: error });
  });
  return {
    holder: signer.holder,
    trustFor: async (terms, policy) => {
      // An order may wait for a worker as long as its submission counts.
      const intended = { act: 'submit', role: 'seller.desk', fields: {}, nonce: `submit-${terms.id}`, at, lifetimeMs: longestLifetimeMs } as const;
      const submission = await signAct(openOrder(terms, policy, {}), intended, [signer]);
      return { root: keys.root.x ?? '', keyring: keys.keyringJws, submission };
    },
  };
}

import { openOrder } from '../domain/order.ts';
import { type Import, importDigest } from '../domain/past.ts';
import type { Policy } from '../domain/policy.ts';
import { importFields } from '../domain/signing/import-claims.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { longestLifetimeMs } from '../domain/signing/signatories.ts';
import type { OrderTerms } from '../domain/terms.ts';
import { signLicenseImport } from '../trust/license-import.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { signAct } from '../trust/sign-act.ts';
import { usage } from './failure.ts';
import type { Output } from './output.ts';
import { findKeysHere, openPerson } from './signers.ts';

/** Who is to sign an import, where it is not whoever can; or that nobody shall. */
export interface ImportSigning {
  readonly holder?: string;
  readonly confirmBy?: string;
  readonly unsigned?: boolean;
}

/** Two people of this home who sign imports: somebody of the desk, and the second person who confirms. */
export interface Importer {
  readonly holder: string;
  readonly confirmedBy: string;
  /** What an order that is imported is given so that it takes signed acts alone; signed now. */
  trustFor(terms: OrderTerms, policy: Policy, told: Import): Promise<OrderTrust>;
  /** What proves a license that is imported; signed now. */
  proofOf(license: { readonly number: string; readonly orderId: string }): Promise<object>;
}

/** Who of this home signs imports: `none` where it has no keys, or nobody shall sign. Throws `CommandFailure` and `TrustError` as `openPerson` does. */
export async function importerHere({ holder, confirmBy, unsigned = false }: ImportSigning, out: Output): Promise<Importer | 'none'> {
  if (unsigned && (holder ?? confirmBy) !== undefined) throw usage('--holder and --confirm-by say who signs, and --unsigned that nobody does');
  const keys = unsigned ? undefined : await findKeysHere(out);
  if (!keys) return 'none';
  const at = Date.now();
  const first = await openPerson(keys, { role: 'seller.desk', holder, beside: confirmBy, at });
  const second = await openPerson(keys, { role: 'compliance.second', holder: confirmBy, beside: first.holder, at });
  return {
    holder: first.holder,
    confirmedBy: second.holder,
    trustFor: async (terms, policy, told) => {
      const fields = importFields(importDigest(told, nodePrimitives));
      const intended = { act: 'import', role: 'seller.desk', fields, nonce: `import-${terms.id}`, at: told.recordedAt, lifetimeMs: longestLifetimeMs } as const;
      const submission = await signAct(openOrder(terms, policy, {}), intended, [first, second]);
      return { root: keys.root.x ?? '', keyring: keys.keyringJws, submission };
    },
    proofOf: (license) => signLicenseImport(license, at, [first, second]),
  };
}

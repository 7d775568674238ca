import type { Claims } from '../domain/signing/claims.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import { genesisOf } from '../domain/signing/signed-act.ts';
import { longestLifetimeMs } from '../domain/signing/signatories.ts';
import { nodePrimitives } from './primitives.ts';
import { confirmEnvelope, signClaims } from './sign-act.ts';
import type { Signer } from './signer.ts';

/** What is kept with a license that was imported: all that was said of it, and the envelope of the two people who said so. */
interface ImportedProof {
  readonly terms: { readonly id: string };
  readonly policy: object;
  readonly envelope: Envelope;
}

/** Signs the import of a license, `orderId` being the order that it was issued to; by it other orders of the customer may leave under the license. `at` in epoch milliseconds. */
export async function signLicenseImport(
  license: { readonly number: string; readonly orderId: string },
  at: number,
  [first, second]: readonly [Signer, Signer],
): Promise<ImportedProof> {
  const terms = { ...license, id: license.orderId };
  const digest = (value: unknown): string => nodePrimitives.digestOf(nodePrimitives.canonicalText(value));
  const claims: Claims = {
    ...{ format: 'twokey-act/1', act: 'import', order: terms.id, genesis: genesisOf({ terms, policy: {} }, nodePrimitives), subject: digest({}) },
    ...{ role: 'seller.desk', signer: first.holder, epoch: 0, nonce: `import-license-${digest(terms).slice(0, 32)}` },
    ...{ issued: at, expires: at + longestLifetimeMs, fields: { license: license.number } },
  };
  return { terms, policy: {}, envelope: await confirmEnvelope(await signClaims(claims, first), second) };
}

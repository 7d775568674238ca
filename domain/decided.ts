import type { BeforeCommerce, Opaque } from './us-review.ts';

/** What `correct` can put back: the acts by which an authority turns a key, or says which way it turns. */
export type CorrectableAct = 'issue-license' | 'presidential-decision' | 'approve-purchase';

/**
 * The decisions of authorities that stand on an order, each by the id of the act that recorded it and with what it is put back to where it was
 * recorded by mistake. Times in epoch milliseconds.
 */
export interface Decided {
  readonly president?: { readonly entry: string };
  /** `before`: the review as it lay before Commerce, its clocks stopped: it does not go on while the license stands. */
  readonly license?: { readonly entry: string; readonly before: BeforeCommerce | Opaque };
  readonly purchase?: { readonly entry: string; readonly at: number; readonly applicationNumber: string };
  /** The acts whose decision was corrected. */
  readonly corrected?: readonly string[];
  /** A license that was recorded by mistake and still stands in the ledger. */
  readonly toVoid?: { readonly number: string; readonly reason: string };
  /** The numbers of those that were made void there. */
  readonly voided?: readonly string[];
}

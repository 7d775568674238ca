import type { Act } from './acts.ts';
import type { Evidence } from './signing/claims.ts';
import type { StepName, StepResults } from './steps.ts';

/** Something that an order has lived through elsewhere, before it was imported. `at` in epoch milliseconds: from then on it counts. */
export type Past = { readonly at: number; readonly evidence: Evidence } & (
  | { readonly type: 'act'; readonly act: Act }
  /** What the other side of a step answered. */
  | { readonly type: 'step'; readonly step: StepName; readonly answer: StepResults[StepName] }
  | { readonly type: 'hold' | 'lift'; readonly hold: string; readonly reason: string }
);

/** All that is told of an order which began elsewhere. Times in epoch milliseconds. */
export interface ToldPast {
  readonly submittedAt: number;
  /** In the order of time. */
  readonly past: readonly Past[];
  /** Steps that the order wants by now, and that cannot be undone: they have not happened. */
  readonly notYet: readonly StepName[];
}

/** The same, and when it was recorded here. */
export interface Import extends ToldPast {
  readonly recordedAt: number;
}

/** How it is known of a fact that it lies before the import. Without evidence it followed from others, by time or by the rules. */
export interface ImportMark {
  readonly recordedAt: number;
  readonly evidence?: Evidence;
}

/** What is signed of an import: one digest over all of it but when it was recorded, which the signature itself tells. */
export const importDigest = (
  { submittedAt, past, notYet }: ToldPast,
  { canonicalText, digestOf }: { canonicalText: (value: unknown) => string; digestOf: (text: string) => string },
): string => digestOf(canonicalText({ format: 'twokey-import/1', submittedAt, past, notYet }));

/** Whether a shipment of an order was made before it was imported. */
export const isBeforeImport = ({ imported }: { readonly imported?: ImportedState }, shipment: string): boolean =>
  imported?.shipments.includes(shipment) ?? false;

/** What stays known of the import on the order itself. */
export interface ImportedState {
  readonly recordedAt: number;
  readonly digest: string;
  /** The shipments that were made before, by their keys: the ledger knows none of them. */
  readonly shipments: readonly string[];
  /** The number of the license that it came with, of which the buyer had been told. */
  readonly license?: string;
}

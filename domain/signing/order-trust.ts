import type { OrderEvent } from '../events.ts';
import type { ToldPast } from '../past.ts';
import type { StepName } from '../steps.ts';
import type { OrderTerms } from '../terms.ts';
import type { Policy } from '../policy.ts';
import type { Envelope } from './envelope.ts';

/** By what the signatures about an order are judged, and those that its goods leave on. */
export interface OrderTrust {
  /** The root's public key, 32 bytes in base64url: fixed for the order's life. */
  readonly root: string;
  /** A compact JWS that the root key signed; a newer one comes by Signal. */
  readonly keyring: string;
  /** What began the order: its submission, or its import. */
  readonly submission: Envelope;
  /** What is told of its past, where it was imported: by the signatures under its import the keys turned that had turned by then. */
  readonly imported?: ToldPast;
  /** The envelopes that turned the US key and the Chinese one. */
  readonly turned?: { readonly us?: Envelope; readonly china?: Envelope };
}

/** What a step of an order of signed acts is given, so that it can see for itself who stands behind it. */
export interface StepTrust {
  readonly root: string;
  /** There where the step rests on something. */
  readonly proof?: Proof;
}

/** Something that an order rests on, by somebody's signature. */
export type Footing = 'submission' | 'us' | 'china';

export interface Proof extends Omit<OrderTrust, 'keyring' | 'root'> {
  readonly terms: OrderTerms;
  readonly policy: Policy;
}

const footings: { readonly [S in StepName]?: readonly Footing[] } = {
  'screen-parties': ['submission'],
  'reserve-stock': ['submission'],
  'file-application': ['submission'],
  'notify-license': ['submission', 'us'],
  ship: ['submission', 'us', 'china'],
};
/**
 * What a step must see before it is done; others only follow from one that has. Telling the buyer of a license rests on nothing where the ledger
 * does not record it, too.
 */
export const footingsOf = (step: StepName, input: object): readonly Footing[] =>
  step === 'notify-license' && !('record' in input) ? [] : (footings[step] ?? []);

/** The key that a fact turns back: a decision that was corrected turns none any more. */
export function turnsBack(event: OrderEvent): ('us' | 'china')[] {
  if (event.type !== 'decision-corrected') return [];
  return event.corrects === 'issue-license' ? ['us'] : event.corrects === 'approve-purchase' ? ['china'] : [];
}

/** Whether a fact turns the US key by the signature of whoever brought it: a license, or Commerce's ruling that none is required. */
export const turnsUsKey = (event: OrderEvent): boolean =>
  event.type === 'license-issued' || (event.type === 'classification-ruled' && event.route === 'no-license-required');

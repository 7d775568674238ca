import type { Decided } from './decided.ts';
import type { LotUnits } from './lots.ts';
import type { ImportedState } from './past.ts';
import type { Role } from './roles.ts';
import type { OverQuota } from './rules/quota-headroom.ts';
import type { Actors } from './signing/duties.ts';
import type { TrackedCondition } from './tracked-condition.ts';
import type { Steps } from './steps.ts';
import type { OrderTerms } from './terms.ts';
import type { Policy } from './policy.ts';
import type { Filing, UsReview } from './us-review.ts';
import type { DocumentRegister } from './shipping.ts';
import type { ShippedWave } from './waves.ts';

type Intake =
  | { readonly state: 'screening' }
  /** `standing` there where Commerce has not vetted the customer, or has said no. */
  | { readonly state: 'hit'; readonly matches: readonly string[]; readonly standing?: 'not-vetted' | 'declined' | 'removed' }
  | { readonly state: 'not-vetted'; readonly standing: 'not-vetted' | 'declined' | 'removed' }
  /** Commerce has spoken, and the list is told. */
  | { readonly state: 'vetted'; readonly standing: 'approved' | 'declined'; readonly reason: string }
  | { readonly state: 'cleared' };

type Allocation =
  /** `freed`: stock has been set aside for the order before it has heard that it is short. `queuedUnder`: it asks again, and has a place in the queue under the key of the call before. */
  | { readonly state: 'unallocated'; readonly freed?: true; readonly queuedUnder?: string }
  /** `place` in the queue when the order was told, the first being 1; there where it waits in one. */
  | { readonly state: 'short'; readonly free: number; readonly place?: number }
  /** It has no units and no place in the queue. */
  | ({ readonly state: 'over-quota' } & OverQuota)
  | { readonly state: 'reserved'; readonly lots: readonly LotUnits[] }
  | { readonly state: 'shipped' }
  | { readonly state: 'released' };

/** An approval of China, for so many units; for all that the order is for where they are left out. */
export interface PurchaseApproval {
  readonly approvalNumber: string;
  readonly units?: number;
}

/** The Chinese key. The buyer applies, not the seller. No timer exists on this side. */
type ChinaReview =
  | { readonly state: 'not-applied' }
  | { readonly state: 'applied'; readonly applicationNumber: string }
  /** The latest approval; `units` where it covers a part alone. `before`: those before it. `applicationNumber`: the buyer has applied for the rest. */
  | (PurchaseApproval & { readonly state: 'approved'; readonly before?: readonly PurchaseApproval[]; readonly applicationNumber?: string })
  | { readonly state: 'denied'; readonly reason: string };

/** Units of a lot that failed their test; `serials` as FIRST..LAST, there where they are known by number. */
export interface FailedUnits extends LotUnits {
  readonly serials?: string;
}

/** Goods that leave together. `units-failed`: some of them, which are still to be set apart and replaced. `returning`: customs sent them back; `set-apart`: they are back, and nobody can have them before they were looked at. */
export type Fulfillment =
  | { readonly state: 'not-started' }
  | { readonly state: 'under-test' }
  | { readonly state: 'units-failed'; readonly reason: string; readonly failed: FailedUnits }
  | { readonly state: 'test-failed'; readonly reason: string }
  | { readonly state: 'tested'; readonly reportNumber: string }
  | { readonly state: 'booked'; readonly bookingReference: string }
  | { readonly state: 'shipped'; readonly waybill: string }
  | { readonly state: 'at-customs'; readonly waybill: string }
  | { readonly state: 'released'; readonly waybill: string }
  /** `verified`: somebody has seen the goods where the license says; `doubted`: the document that says they are not. */
  | { readonly state: 'delivered'; readonly verified?: true; readonly doubted?: string }
  | { readonly state: 'detained' | 'returning'; readonly waybill: string; readonly reason: string }
  /** `isQueued` while another wave that came back before is being set apart. */
  | { readonly state: 'returned'; readonly reason: string; readonly proof: string; readonly isQueued?: true }
  | { readonly state: 'set-apart' };

export const outcomes = ['delivered', 'partly-delivered', 'undelivered', 'cancelled', 'denied-by-us', 'denied-by-china', 'refused-at-intake'] as const;
export type Outcome = (typeof outcomes)[number];

/** An order and all that is known of it; changes only by `evolve`. */
export interface Order {
  readonly terms: OrderTerms;
  readonly policy: Policy;
  readonly intake: Intake;
  readonly allocation: Allocation;
  /** What has been gathered before the application is filed, there where something has. */
  readonly filing?: Filing;
  readonly usReview: UsReview;
  /** The conditions of the license, there where it has some. */
  readonly conditions?: readonly TrackedCondition[];
  /** What is left of the order, there where it was licensed for a part or amended. `isClosed`: no goods leave any more. */
  readonly shortened?: { readonly units: number; readonly reason: string; readonly isClosed?: true };
  /** Why less is reserved than the order is for, until it is shortened to that. */
  readonly lacking?: string;
  /** Price of one unit in minor units, there where it was amended. */
  readonly repriced?: number;
  readonly chinaReview: ChinaReview;
  /** What authorities have decided, there where it can be corrected. */
  readonly decided?: Decided;
  /** The wave that leaves next, or has left last. */
  readonly fulfillment: Fulfillment;
  /** Which wave that is, there where the order does not leave as a whole; the Chinese approval that it goes on. */
  readonly wave?: { readonly number: number; readonly units: number; readonly approvalNumber: string };
  /** Its papers, there where the policy asks for some. */
  readonly register?: DocumentRegister;
  /** The waves before it, the first one first. */
  readonly waves?: readonly ShippedWave[];
  readonly levyMinor: number;
  readonly steps: Steps;
  /** Policy holds by name; a lifted one stays, so that a hold that arrives late does not come back. */
  readonly holds: Readonly<Record<string, 'on' | 'lifted'>>;
  /** The newest policy epoch that the order has heard of. */
  readonly policyEpoch: number;
  /** Acts already taken, by id: the same act sent twice changes nothing. */
  readonly acts: Readonly<Record<string, { readonly by: Role; readonly content: string }>>;
  readonly outcome: Outcome | undefined;
  /** There where acts must be signed: everybody who has acted, and the side for which they have. */
  readonly actors?: Actors;
  /** There where the order began elsewhere. */
  readonly imported?: ImportedState;
}

/** The units that the order is for: those ordered, or what is left of them. */
export const unitsOf = ({ terms, shortened }: Pick<Order, 'terms' | 'shortened'>): number => shortened?.units ?? terms.units;

/** Price of one unit in minor units. */
export const priceOf = ({ terms, repriced }: Pick<Order, 'terms' | 'repriced'>): number => repriced ?? terms.unitPriceMinor;

/** Whether a hold of this name is on, was lifted, or was never heard of. */
export const holdState = (order: Order, id: string): 'on' | 'lifted' | undefined => (Object.hasOwn(order.holds, id) ? order.holds[id] : undefined);

export const activeHolds = (order: Order): string[] => Object.keys(order.holds).filter((id) => order.holds[id] === 'on');
export const isHeld = (order: Order): boolean => activeHolds(order).length > 0;

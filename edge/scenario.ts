import type { ActName } from '../domain/acts.ts';
import type { StepFault } from '../domain/faults.ts';
import type { Role } from '../domain/roles.ts';
import type { StepName } from '../domain/steps.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';

/** A lot of stock; one with `opensAt` (epoch milliseconds) can be reserved from then on. */
export interface ScenarioLot {
  readonly id: string;
  readonly product: string;
  readonly units: number;
  readonly opensAt?: number;
}

/** A fault in the next `times` attempts of a step. */
export interface PlantedFault {
  readonly order: string;
  readonly step: StepName;
  readonly fault: StepFault;
  readonly times: number;
}

/** What Commerce does to a license: all of it, or so many units that are revoked. */
export interface StoryLicenseChange {
  readonly number: string;
  readonly change: (typeof licenseChanges)[number];
  readonly units?: number;
  readonly reason: string;
}
export const licenseChanges = ['suspended', 'reinstated', 'revoked'] as const;

/** What is expected of an order; what is left out is not looked at. */
export interface Expected {
  readonly stage?: string;
  readonly outcome?: string | null;
  readonly waitingOn?: readonly string[];
  readonly units?: number;
  readonly unitsShipped?: number;
  readonly levyMinor?: number;
  /** Facts that must stand in the timeline, in this order; each names the fields that it must have. */
  readonly timeline?: readonly Readonly<Record<string, unknown>>[];
  /** How often facts stand in the timeline. */
  readonly counts?: Readonly<Partial<Record<string, number>>>;
  /** Facts that must not stand in the timeline. */
  readonly never?: readonly string[];
}

/** Who stands behind an act of a story of signed acts, where it is not simply whoever holds the role. */
export interface StorySignature {
  readonly signer?: string;
  readonly confirmedBy?: string;
  /** There where the desk records what an authority decided: `decidedAt` in epoch milliseconds. */
  readonly recordedOn?: { readonly issuerNumber: string; readonly decidedAt: number };
}

/** One thing that happens in a story, at a time on its own calendar in epoch milliseconds. */
export type ScenarioStep = { readonly at: number } & (
  | {
      readonly kind: 'act';
      readonly order: string;
      readonly name: ActName;
      readonly by: Role;
      readonly fields: Readonly<Record<string, unknown>>;
      /** Under this id the same act may come again later. */
      readonly id?: string;
      readonly isTwice: boolean;
      /** When it reaches the order, where that is later than when it is sent. */
      readonly arrives?: number;
      readonly refused?: string;
      readonly signature: StorySignature;
    }
  | {
      readonly kind: 'policy';
      readonly order: string;
      readonly effect: 'hold' | 'lift';
      readonly hold: string;
      readonly reason: string;
      readonly signature: StorySignature;
      readonly isTwice: boolean;
      /** When the order hears of it, where that is later than when it is effective. */
      readonly arrives?: number;
      readonly refused?: string;
    }
  | { readonly kind: 'stock'; readonly lot: ScenarioLot }
  | { readonly kind: 'license'; readonly change: StoryLicenseChange }
  | ({ readonly kind: 'fault' } & PlantedFault)
  | { readonly kind: 'kill-worker' }
  | { readonly kind: 'expect'; readonly order: string; readonly expected: Expected }
);

/** A whole story as data, ready to be told. Times are epoch milliseconds on the story's own calendar. */
export interface Scenario {
  readonly title: string;
  readonly start: number;
  /** Whether its orders take signed acts alone. */
  readonly isSigned: boolean;
  /** How long the story goes on after its last step. */
  readonly until?: number;
  /** Customers that Commerce has vetted before the story begins. */
  readonly vetted: readonly string[];
  readonly stock: readonly ScenarioLot[];
  /** Each with its policy and the moment at which it is submitted. */
  readonly orders: readonly { readonly terms: OrderTerms; readonly policy: Policy; readonly submitted: number }[];
  readonly steps: readonly ScenarioStep[];
  readonly expect: readonly (Expected & { readonly order: string })[];
}

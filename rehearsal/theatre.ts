import type { ActName } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import type { Role } from '../domain/roles.ts';
import type { Order } from '../domain/state.ts';
import type { OrderTerms } from '../domain/terms.ts';
import type { Policy } from '../domain/policy.ts';
import type { PlantedFault, ScenarioLot, StoryLicenseChange, StorySignature } from '../edge/scenario.ts';

/**
 * A story has the resolution of a minute, since an engine needs seconds for what takes the core none: what falls due
 * within this many milliseconds after a moment of the story is due at that moment.
 */
export const slackMs = 30_000;

/** References that simulated ports give depend on this and the call's key alone: the same on every engine. */
export const rehearsalSeed = 'twokey';

/** An act of a story. The same `id` twice is the same act delivered twice. */
export interface StoryAct {
  readonly id: string;
  readonly name: ActName;
  readonly by: Role;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly signature: StorySignature;
}

/** Why something was not taken: a stable code, and a sentence for a person. */
export interface NotTaken {
  readonly code: string;
  readonly message: string;
}

/**
 * Where a story is told: on the pure core, or on a real engine. All times are epoch milliseconds on the story's own
 * calendar. Each call returns when all that follows from it has happened.
 */
export interface Theatre {
  readonly engine: 'core' | 'temporal';
  /** Takes a lot in; who waits for it gets it, or does so once it opens. */
  receive(lot: ScenarioLot, at: number): Promise<void>;
  /** Puts customers on the list of those that Commerce has vetted before the story begins. */
  vet(customers: readonly string[]): Promise<void>;
  plant(fault: PlantedFault): Promise<void>;
  /** Lets Commerce change a license; answers why it was not taken. */
  changeLicense(change: StoryLicenseChange, key: string, at: number): Promise<NotTaken | undefined>;
  submit(terms: OrderTerms, policy: Policy, at: number): Promise<void>;
  /** Lets time pass for every order until `at`; what falls due on the way happens on the way. */
  passTime(at: number): Promise<void>;
  act(order: string, act: StoryAct, at: number): Promise<NotTaken | undefined>;
  /** Writes a change on the policy board: effective from now on, whether the order has heard of it or not. */
  recordChange(order: string, change: Omit<PolicyChange, 'epoch'>): Promise<PolicyChange | NotTaken>;
  /** Lets an order hear of a change. */
  tellChange(order: string, change: PolicyChange, signature: StorySignature, at: number): Promise<void>;
  /** Kills the worker with all that it has in memory; another takes its place. */
  killWorker(): Promise<void>;
  /** An order and all that happened to it, as a reader of its record sees it. */
  read(order: string): Promise<{ readonly order: Order; readonly events: readonly OrderEvent[] }>;
}

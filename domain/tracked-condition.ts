import type { Role } from './roles.ts';

/** How far a condition of the license has come. */
export interface TrackedCondition {
  /** Counted from 1, in the order of the license. */
  readonly number: number;
  readonly text: string;
  readonly evidence: { readonly state: 'owed' } | { readonly state: 'submitted' | 'accepted'; readonly document: string } | { readonly state: 'none' };
  readonly acknowledgedBy: readonly Role[];
}

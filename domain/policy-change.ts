import { faultOfText } from './fields.ts';
import type { Signed } from './signing/signed.ts';

/**
 * A change of policy that reaches an order while it waits. The policy board of the ledger numbers the changes:
 * an irreversible step that was wanted under an older epoch is refused there.
 */
export interface PolicyChange {
  /** Names the hold that starts or ends. */
  readonly id: string;
  readonly effect: 'hold' | 'lift';
  readonly epoch: number;
  readonly reason: string;
  readonly signed?: Signed;
}

/** Whether something that came in by Signal is a policy change; a Signal cannot be refused, only ignored. */
export function isPolicyChange(value: unknown): value is PolicyChange {
  if (typeof value !== 'object' || value === null) return false;
  const { id, effect, epoch, reason } = value as Partial<Record<keyof PolicyChange, unknown>>;
  return faultOfText(id) === undefined && (effect === 'hold' || effect === 'lift') && Number.isSafeInteger(epoch) && faultOfText(reason) === undefined;
}

/** Why the policy board does not take a change, in words. */
export const boardRefusals = {
  'not-held': (order: string, hold: string) => `order ${order} is not held by ${hold}`,
  'hold-lifted': (order: string, hold: string) => `hold ${hold} on order ${order} has been lifted: give a new hold a name of its own`,
} as const;
export type BoardRefusal = keyof typeof boardRefusals;

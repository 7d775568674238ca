import type { Act } from './acts.ts';
import type { PolicyChange } from './policy-change.ts';
import type { Order } from './state.ts';
import { stepKey, stepNames } from './steps.ts';

/**
 * Something an order had taken before it was repaired: when (epoch milliseconds), and after which answers of steps, by
 * their keys, so that it is told again neither too early nor at another time.
 */
export type Retold = { readonly at: number; readonly after: readonly string[] } & (
  { readonly type: 'act'; readonly act: Act } | { readonly type: 'policy-changed'; readonly change: PolicyChange }
);

/** Whether the answers that had come before the entry have come again. */
export function isReady(order: Order, entry: Retold): boolean {
  const answered = new Set(
    stepNames.flatMap((step) => {
      const progress = order.steps[step];
      if (!progress) return [];
      const wishes = progress.state === 'done' || progress.state === 'failed' ? progress.wish + 1 : progress.wish;
      return Array.from({ length: wishes }, (_, wish) => stepKey(order.terms.id, step, wish));
    }),
  );
  return entry.after.every((key) => answered.has(key));
}

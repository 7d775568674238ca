import { type BoardRefusal, boardRefusals, type PolicyChange } from '../../domain/policy-change.ts';
import type { NotTaken } from '../theatre.ts';

/** The ledger's policy board as a model in memory. */
export class PolicyBoard {
  readonly #changes: (PolicyChange & { readonly order: string })[] = [];

  /** Numbers a change; the same change again is answered with the number it got first, one that makes no sense with why. */
  record(order: string, change: Omit<PolicyChange, 'epoch'>): PolicyChange | NotTaken {
    const refuse = (code: BoardRefusal): NotTaken => ({ code, message: boardRefusals[code](order, change.id) });
    const known = this.#changes.filter((one) => one.order === order && one.id === change.id);
    const isLifted = known.some((one) => one.effect === 'lift');
    const before = known.find((one) => one.effect === change.effect);
    if (change.effect === 'hold' && isLifted) return refuse('hold-lifted');
    if (change.effect === 'lift' && known.length === 0) return refuse('not-held');
    const recorded = before ?? { ...change, order, epoch: this.#changes.length + 1 };
    if (!before) this.#changes.push(recorded);
    return { id: recorded.id, effect: recorded.effect, epoch: recorded.epoch, reason: recorded.reason };
  }

  /** All changes for the order where it may not ship: it has not heard of the newest, or a hold has no lift. */
  againstShipping(order: string, epoch: number): PolicyChange[] {
    const changes = this.#changes.filter((one) => one.order === order);
    const lifted = new Set(changes.filter((one) => one.effect === 'lift').map((one) => one.id));
    const forbids = changes.some((one) => one.epoch > epoch || (one.effect === 'hold' && !lifted.has(one.id)));
    return forbids ? changes.map(({ id, effect, epoch: number, reason }) => ({ id, effect, epoch: number, reason })) : [];
  }
}

import { genesisOf } from '../domain/signing/signed-act.ts';
import { subjectOf } from '../domain/signing/subjects.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { everyAct, isAnyActName } from './every-act.ts';
import type { OrderNow } from './order-now.ts';

/**
 * What signatures on an order name, for programs that sign by themselves (docs/signed-acts.md): its genesis, policy epoch and present, and what
 * each act decides upon. Null where it takes plain acts.
 */
export function toSign({ order, at }: OrderNow) {
  if (!order.actors) return null;
  const subjects = Object.fromEntries(
    Object.keys(everyAct)
      .filter(isAnyActName)
      .map((name) => [name, subjectOf(order, name)]),
  );
  return { genesis: genesisOf(order, nodePrimitives), epoch: order.policyEpoch, now: at, subjects };
}

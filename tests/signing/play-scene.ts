import { isBeginning } from '../../domain/signing/claims.ts';
import { lapsed, openOrder } from '../../domain/order.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { proven } from '../../domain/signing/signatories.ts';
import { type Bound, genesisOf, readSignedAct, readSignedChange } from '../../domain/signing/signed-act.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { policy, Rehearsal } from '../support/orders.ts';
import type { Cast } from './cast.ts';
import { scene, sceneEnvelope, sceneTerms, type Setting, type TakenAct } from './scene.ts';

/** Plays the scene on the pure core. */
export async function playScene(cast: Cast, at: number): Promise<Setting> {
  const story = new Rehearsal();
  story.now = at;
  story.order = openOrder(sceneTerms(), policy(), {});
  const grounds = { keyring: cast.keyring, at, primitives: nodePrimitives };
  const bound = (): Bound => ({ order: lapsed(story.order, at), genesis: genesisOf(story.order, nodePrimitives) });
  const taken: TakenAct[] = [];
  for (const one of scene) {
    const envelope = await sceneEnvelope(story.order, one, cast, at);
    const { act } = one;
    if (isBeginning(act)) orThrow(story.take({ type: 'submitted', signed: orThrow(proven(envelope, grounds)).signed }) ?? {});
    else if (act === 'hold' || act === 'lift')
      orThrow(story.take({ type: 'policy-changed', change: orThrow(readSignedChange(envelope, bound(), grounds)) }) ?? {});
    else {
      orThrow(story.take({ type: 'act', act: orThrow(readSignedAct(act, envelope, bound(), grounds)) }) ?? {});
      taken.push({ name: act, envelope });
    }
  }
  return { bound: bound(), cast, now: at, taken };
}

function orThrow<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`the scene cannot be played: ${answer.refused}: ${answer.message}`);
  return answer;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepActivities } from '../../activities/ports.ts';
import { lapsed, openOrder } from '../../domain/order.ts';
import { isBeginning } from '../../domain/signing/claims.ts';
import { genesisOf } from '../../domain/signing/signed-act.ts';
import { sendPolicyChange } from '../../engine/acts.ts';
import { startOrder } from '../../engine/orders.ts';
import { orderTime } from '../../engine/time.ts';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { keyStoreReader } from '../../trust/key-store.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { keepPublicSide } from '../../trust/throw-away-home.ts';
import { withTrustedSteps } from '../../workers/trusted-steps.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import type { Desk } from '../support/desk.ts';
import { policy } from '../support/orders.ts';
import type { Cast } from './cast.ts';
import { scene, sceneEnvelope, sceneTerms, type Setting, type TakenAct } from './scene.ts';

/** A home with the cast's keyring, for a worker that trusts it. */
export function homeOf(cast: Cast): { readonly trusted: (activities: StepActivities) => StepActivities; readonly close: () => void } {
  const home = mkdtempSync(join(tmpdir(), 'twokey-cast-'));
  keepPublicSide(home, cast);
  return {
    trusted: (activities) => withTrustedSteps(activities, { store: keyStoreReader(home), unsigned: 'refused' }),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Plays the scene on an engine, under an order id of its own. */
export async function playSceneOn(desk: Desk, cast: Cast, id: string): Promise<Setting> {
  const [terms, rules] = [sceneTerms({ id }), policy()];
  const workflowId = orderWorkflowId(id);
  const taken: TakenAct[] = [];
  const now = async (): Promise<number> => await orderTime(desk.client, workflowId);
  await receiveLot(desk.database, { id: `lot-${id}`, product: terms.product, units: terms.units }, Date.now());
  for (const one of scene) {
    if (isBeginning(one.act)) {
      const submission = await sceneEnvelope(openOrder(terms, rules, {}), one, cast, Date.now());
      await startOrder(desk.client, desk.engine.taskQueue, terms, rules, { trust: { root: cast.root.publicKey, keyring: cast.jws, submission } });
    } else {
      const at = await now();
      const envelope = await sceneEnvelope(lapsed((await desk.record(id)).order, at), one, cast, at);
      if (one.act === 'hold' || one.act === 'lift') await sendPolicyChange(desk.client, id, envelope);
      else {
        await desk.send(id, { name: one.act, id: `scene-${one.act}`, message: envelope });
        taken.push({ name: one.act, envelope });
      }
    }
    await desk.quiet(id);
  }
  const at = await now();
  const order = lapsed((await desk.record(id)).order, at);
  return { bound: { order, genesis: genesisOf(order, nodePrimitives) }, cast, now: at, taken };
}

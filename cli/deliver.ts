import { isActName } from '../domain/acts.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { isBeginning, type SignedActName } from '../domain/signing/claims.ts';
import { dutyFault } from '../domain/signing/duties.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import { genesisOf, readSignedChange } from '../domain/signing/signed-act.ts';
import { requireWorker, sendPolicyChange } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { sendSignedAct, tellKeyring } from '../engine/signed-acts.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { tellAnswer } from './act-told.ts';
import { authorOf } from './authors.ts';
import { refused, usage } from './failure.ts';
import type { OrderNow } from './order-now.ts';
import type { Output } from './output.ts';
import type { KeysHere } from './signers.ts';

/** A signed act that is ready to be sent. */
export interface Signed {
  readonly act: SignedActName;
  readonly nonce: string;
  readonly envelope: Envelope;
}

/**
 * Sends a signed act to its order and tells what it led to. A hold or lift is a Signal, which nobody can refuse: what the order would ignore is
 * told here, and not sent. Throws `CommandFailure` with the code of the refusal.
 */
export async function deliver(engine: Engine, { act, nonce, envelope }: Signed, now: OrderNow, keys: KeysHere, out: Output): Promise<void> {
  const order = now.order.terms.id;
  if (isBeginning(act)) throw usage(`${act} begins an order and is no act on one: twokey ${act} signs and sends it`, 'wrong-act');
  if (isActName(act)) {
    await requireWorker(engine.client, engine.taskQueue);
    return tellAnswer(act, nonce, await sendSignedAct(engine.client, order, { name: act, id: nonce, message: envelope }, keys.keyringJws), out);
  }
  const change = changeIn(envelope, now, keys);
  const known = await tellKeyring(engine.client, order, keys.keyringJws);
  const untold = typeof known === 'string' ? await sendPolicyChange(engine.client, order, envelope) : known;
  if (untold) throw refused(untold.code, untold.message);
  out.result({ act, order, change });
  out.say(`${act} ${change.id} on ${order} is on the policy board as epoch ${change.epoch}  [${authorOf(change) ?? 'policy.admin'}]`);
}

/** The change of policy as the order will find it. */
function changeIn(envelope: Envelope, { order, at }: OrderNow, { keyring }: KeysHere): PolicyChange {
  const bound = { order, genesis: genesisOf(order, nodePrimitives) };
  const change = readSignedChange(envelope, bound, { keyring, at, primitives: nodePrimitives });
  if (isRefusal(change)) throw asRefused(change);
  const conflict = change.signed && dutyFault(order.actors ?? {}, change.signed);
  if (conflict) throw asRefused(conflict);
  return change;
}

const asRefused = ({ refused: code, message, accepted }: Refusal) => refused(code, `${message}. Accepted: ${accepted}`);

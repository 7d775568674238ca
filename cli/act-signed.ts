import { isActName } from '../domain/acts.ts';
import { decide } from '../domain/order.ts';
import { plan, waitingOn } from '../domain/plan.ts';
import type { PolicyChange } from '../domain/policy-change.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import { dutyFault } from '../domain/signing/duties.ts';
import { nonceForm } from '../domain/signing/claims.ts';
import type { OrderTrust } from '../domain/signing/order-trust.ts';
import { confirmingRole, isRecordable, signingRole } from '../domain/signing/standing.ts';
import { requireWorker, whyNotOpen } from '../engine/acts.ts';
import type { Engine } from '../engine/connect.ts';
import { signAct } from '../trust/sign-act.ts';
import type { Signer } from '../trust/signer.ts';
import type { ActAnswer } from '../workflows/messages.ts';
import { tellAnswer } from './act-told.ts';
import { intentionOf, putOnBoard } from './change-policy.ts';
import { decisionLines } from './decision.ts';
import { deliver } from './deliver.ts';
import { writeEnvelope } from './envelope-file.ts';
import type { AskedAct } from './every-act.ts';
import { refused, usage } from './failure.ts';
import { tellKept } from './kept-told.ts';
import { orderNow, type OrderNow } from './order-now.ts';
import type { Output } from './output.ts';
import { type KeysHere, keysHere, openPerson, requireRoot } from './signers.ts';
import type { Signing } from './signing-options.ts';

/**
 * Does an act on an order that takes signed acts alone: shows what is decided on, signs it by as many people as it takes, and sends it or keeps
 * it. A hold or lift goes on the policy board once everybody's key is open, since they sign the number that the board gives it.
 */
export async function actSigned(engine: Engine, trust: Pick<OrderTrust, 'root'>, asked: AskedAct, signing: Signing, out: Output): Promise<void> {
  const { order: orderId, name, by, id, fields } = asked;
  const { evidence, lifetimeMs, delegations, write } = signing;
  const confirming = requireSignatures(asked, signing);
  const keys = await keysHere(out);
  requireRoot(keys, trust, orderId);
  const now = await orderNow(engine, orderId);
  const before = takenBefore(asked, now);
  if (before) return tellAnswer(name, id, before, out);
  const closed = await whyNotOpen(engine.client, orderId);
  if (closed) throw refused(closed.code, closed.message);
  if (write === undefined) await requireWorker(engine.client, engine.taskQueue);
  const expires = now.at + lifetimeMs;
  out.note(...decisionLines(now.order, { act: name, role: by, fields, expires, ...(evidence && { evidence }) }));
  const signers = await openSigners(keys, asked, signing, confirming, now);
  const change = isActName(name) ? undefined : await onBoard(orderId, name, fields, signers, now);
  const intended = { ...{ act: name, role: by, nonce: id, fields, at: now.at, lifetimeMs }, delegations: delegations.map(({ jws }) => jws) };
  const envelope = await signAct(now.order, { ...intended, ...(change && { epoch: change.epoch }), ...(evidence && { evidence }) }, signers);
  if (write === undefined) return await deliver(engine, { act: name, nonce: id, envelope }, now, keys, out);
  writeEnvelope(write, envelope);
  const [first, second] = signers;
  const signedBy = [first.holder, ...(second ? [second.holder] : [])];
  tellKept({ act: name, id, order: orderId, file: write, signedBy, awaits: second ? undefined : confirming, expires }, out);
}

/** The role in which a second person signs, if one does. Throws `CommandFailure` where the command line asks for what no order takes. */
function requireSignatures({ name, by, id }: AskedAct, { evidence, confirmBy, write }: Signing): Role | undefined {
  if (!nonceForm.test(id)) throw usage(`--id: of a signed act, expected 8 to 100 visible ASCII characters without space`, 'invalid-act');
  if (evidence && !isRecordable(by)) throw refused('evidence-refused', `${by} signs ${name} itself. Accepted: the act without --evidence`);
  const confirming = confirmingRole(name, evidence !== undefined);
  const what = evidence ? `${name}, as the desk records it,` : name;
  if (confirming === undefined && confirmBy !== undefined) throw usage(`${what} is signed by one person: leave out --confirm-by`, 'second-refused');
  if (confirming !== undefined && confirmBy === undefined && write === undefined)
    throw usage(
      `${what} is signed by two people: --confirm-by CODE signs with a second key of this home, as ${confirming}; --write FILE keeps it for that person, who signs by twokey confirm FILE`,
      'second-missing',
    );
  return confirming;
}

/** What the order answers to an act that it took before under this id, which nobody needs to sign again. */
function takenBefore({ name, by, id, fields }: AskedAct, { order, at }: OrderNow): ActAnswer | undefined {
  if (!isActName(name) || !Object.hasOwn(order.acts, id)) return undefined;
  const act = readAct(name, { ...fields, by }, id);
  const answer = isRefusal(act) ? act : decide(order, { type: 'act', act }, at);
  if (isRefusal(answer)) throw refused(answer.refused, `${answer.message}. Accepted: ${answer.accepted}`);
  const { stage, asks, deadline } = plan(order);
  return { order: order.terms.id, events: [], stage, waitingOn: waitingOn(asks), deadline: deadline ? new Date(deadline.at).toISOString() : null };
}

async function openSigners(
  keys: KeysHere,
  { by }: AskedAct,
  { holder, confirmBy, evidence, delegations }: Signing,
  confirming: Role | undefined,
  { at }: OrderNow,
): Promise<[Signer, Signer?]> {
  const first = await openPerson(keys, { role: signingRole(by, evidence !== undefined), holder, beside: confirmBy, at, delegations });
  if (confirming === undefined || confirmBy === undefined) return [first];
  return [first, await openPerson(keys, { role: confirming, holder: confirmBy, beside: first.holder, at, delegations })];
}

/** The board's number for a hold or lift. What the order would ignore, since its signers have acted for a side, is not put there. */
async function onBoard(
  orderId: string,
  effect: 'hold' | 'lift',
  fields: AskedAct['fields'],
  [first, second]: readonly [Signer, Signer?],
  { order }: OrderNow,
): Promise<PolicyChange> {
  const signatory = ({ holder, keyId }: Signer) => ({ person: holder, role: 'policy.admin', key: keyId }) as const;
  const conflict = dutyFault(order.actors ?? {}, { kind: 'authenticated', by: signatory(first), ...(second && { confirmedBy: signatory(second) }) });
  if (conflict) throw refused(conflict.refused, `${conflict.message}. Accepted: ${conflict.accepted}`);
  return await putOnBoard(orderId, intentionOf(effect, fields));
}

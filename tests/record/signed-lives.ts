import type { Act } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, lapsed, openOrder } from '../../domain/order.ts';
import type { PolicyChange } from '../../domain/policy-change.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { type Bound, genesisOf, readSignedAct, readSignedChange } from '../../domain/signing/signed-act.ts';
import { proven } from '../../domain/signing/signatories.ts';
import { isRecordable } from '../../domain/signing/standing.ts';
import type { Order } from '../../domain/state.ts';
import { chainOf } from '../../record/chain.ts';
import type { Chain, Head } from '../../record/format.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { firstSeen, judge, type Seen, theCore } from '../model/core.ts';
import { turnFor } from '../model/random-commands.ts';
import { dayZero, policy, terms } from '../support/orders.ts';
import { nonceOf, signable } from '../../rehearsal/signatures.ts';
import type { Signers } from './signed-story.ts';
import type { Dice } from './tampering.ts';

/** A life of an order that random commands make, each act and change of policy of it signed by the people of its role. */
export async function randomLife({ company, keyring }: Signers, dice: Dice, turns: number): Promise<{ readonly chain: Chain; readonly state: Head['state'] }> {
  const [events, envelopes]: [OrderEvent[], Map<OrderEvent, Envelope>] = [[], new Map()];
  const start = openOrder(
    terms({ reviews: dice(2) === 0 ? 'in-sequence' : 'side-by-side', fileApplication: dice(4) === 0 ? 'by-act' : 'when-allocated' }),
    policy(),
    {},
  );
  let seen: Seen = firstSeen(theCore, start, dayZero);
  const take = (command: Command, at: number, envelope?: Envelope): void => {
    const judged = judge(theCore, seen, command, at);
    events.push(...judged.events);
    const signed = judged.events.find((event) => event.signed);
    if (envelope && signed) envelopes.set(signed, envelope);
    seen = judged.after;
  };
  const boundAt = (at: number): Bound => ({ order: lapsed(seen.order, at), genesis: genesisOf(start, nodePrimitives) });
  const groundsAt = (at: number) => ({ keyring, at, primitives: nodePrimitives });

  const submission = await company.sign(start, { act: 'submit', role: 'seller.desk', fields: {}, nonce: 'submission', at: dayZero });
  const submitted = proven(submission, groundsAt(dayZero));
  if (!isRefusal(submitted)) take({ type: 'submitted', signed: submitted.signed }, dayZero, submission);
  for (let turn = 0; turn < turns && !seen.plan.closed; turn += 1) {
    const { command, at } = turnFor(seen, dice(0x1_0000_0000) * 0x1_0000 + dice(0x1_0000), turn);
    if (command.type === 'act') {
      const envelope = await signedAct(boundAt(at).order, command.act, at);
      const act = readSignedAct(command.act.name, envelope, boundAt(at), groundsAt(at));
      if (!isRefusal(act)) take({ type: 'act', act }, at, envelope);
    } else if (command.type === 'policy-changed') {
      const envelope = await signedChange(boundAt(at).order, command.change, at);
      const change = readSignedChange(envelope, boundAt(at), groundsAt(at));
      if (!isRefusal(change)) take({ type: 'policy-changed', change }, at, envelope);
    } else take(command, at);
  }
  return { chain: chainOf(start, events, envelopes), state: seen.plan.closed ? 'closed' : 'open' };

  function signedAct(order: Order, { name, id, by, signed: _signed, ...fields }: Act, at: number): Promise<Envelope> {
    const isRecorded = isRecordable(by) && dice(4) === 0;
    const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-17', decidedAt: at };
    return company.sign(order, { act: name, role: by, fields: signable(fields), nonce: nonceOf(id), at, ...(isRecorded && { evidence }) });
  }

  function signedChange(order: Order, { id, effect, epoch, reason }: PolicyChange, at: number): Promise<Envelope> {
    return company.sign(order, { act: effect, role: 'policy.admin', fields: { hold: id, reason }, nonce: `${effect}-${id}-${dice(1_000_000)}`, at, epoch });
  }
}

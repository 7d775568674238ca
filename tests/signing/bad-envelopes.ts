import { decide } from '../../domain/order.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '../../domain/refusal.ts';
import { looksSigned } from '../../domain/signing/envelope.ts';
import type { Primitives } from '../../domain/signing/primitives.ts';
import { readSignedAct } from '../../domain/signing/signed-act.ts';
import { wrongBindings } from './bad/bindings.ts';
import { wrongClaims } from './bad/claims.ts';
import { wrongDelegations } from './bad/delegations.ts';
import { wrongDuties } from './bad/duties.ts';
import { type BadEnvelope, Forge } from './bad/forge.ts';
import { wrongForms } from './bad/forms.ts';
import { otherProtocols, wrongHeaders } from './bad/headers.ts';
import { wrongKeys } from './bad/keys.ts';
import { edgeSignatures } from './bad/points.ts';
import { wrongSeconds } from './bad/seconds.ts';
import { wrongSignatures } from './bad/signatures.ts';
import { wrongTexts } from './bad/texts.ts';
import { wrongTimes } from './bad/times.ts';
import type { Setting } from './scene.ts';

/** All bad envelopes for an order, each with the code by which it must be refused; nothing that is sent changes what the next ones are worth. */
export async function badEnvelopes(setting: Setting): Promise<BadEnvelope[]> {
  const forge = new Forge(setting);
  const kinds = [
    wrongSignatures,
    edgeSignatures,
    wrongHeaders,
    wrongKeys,
    wrongBindings,
    wrongTimes,
    wrongClaims,
    wrongTexts,
    wrongForms,
    wrongSeconds,
    wrongDelegations,
    wrongDuties,
  ];
  return [...kinds.flatMap((kind) => kind(forge)), ...(await otherProtocols(forge))];
}

/** What becomes of an envelope that is sent to an order, as the order's workflow answers it. */
export function answerTo(
  { bound, cast, now }: Setting,
  { update, envelope }: Pick<BadEnvelope, 'update' | 'envelope'>,
  primitives: Primitives,
): OrderEvent[] | Refusal {
  if (!looksSigned(envelope)) return refuse('signature-missing', 'this order takes signed acts alone', 'an envelope');
  const act = readSignedAct(update, envelope, bound, { keyring: cast.keyring, at: now, primitives });
  const answer = isRefusal(act) ? act : decide(bound.order, { type: 'act', act }, now);
  return isRefusal(answer) || answer.length > 0 ? answer : refuse('already-taken', 'this very act was taken before', 'another');
}

/** The code by which an envelope is refused, or that it is taken. */
export function verdictOf(setting: Setting, sent: Pick<BadEnvelope, 'update' | 'envelope'>, primitives: Primitives): RefusalCode | 'taken' {
  const answer = answerTo(setting, sent, primitives);
  return isRefusal(answer) ? answer.refused : 'taken';
}

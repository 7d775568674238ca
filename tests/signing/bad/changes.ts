import type { PolicyChange } from '../../../domain/policy-change.ts';
import { isRefusal, type Refusal, type RefusalCode } from '../../../domain/refusal.ts';
import { dutyFault } from '../../../domain/signing/duties.ts';
import type { Claims } from '../../../domain/signing/claims.ts';
import type { Primitives } from '../../../domain/signing/primitives.ts';
import { readSignedChange } from '../../../domain/signing/signed-act.ts';
import type { Setting } from '../scene.ts';
import { bad, type BadEnvelope, Forge, type Named, resigned } from './forge.ts';

/** As `BadEnvelope`, sent by Signal: an order says nothing to it, and stays as it is. */
export type BadChange = Omit<BadEnvelope, 'update'>;

/** Holds and lifts that an order must not hear of, and the code by which each is refused. */
export function badChanges(setting: Setting): BadChange[] {
  const forge = new Forge(setting);
  const [first, second] = [forge.who('policy-admin', 'policy.admin'), forge.who('policy-admin-2')];
  const { policyEpoch, terms } = setting.bound.order;
  const hold = (changes: Partial<Claims> = {}, fields: Claims['fields'] = { hold: 'P-8', reason: 'review' }): Claims =>
    forge.claims('hold', 'policy.admin', fields, { epoch: policyEpoch + 1, ...changes });
  const signed = (name: string, changes: Partial<Claims>): Named => [name, forge.envelope(hold(changes), first, second)];
  const of = (name: string, fields: Claims['fields']): Named => [name, forge.envelope(hold({}, fields), first, second)];
  const good = forge.envelope(hold(), first, second);
  return [
    ...bad('a change of policy that is not signed', 'envelope-malformed', [
      ['as the board sends it', { id: 'P-8', effect: 'hold', epoch: policyEpoch + 1, reason: 'review' }],
      ...[null, 'text', 7, [], {}].map((one, at): Named => [`${at}`, one]),
      ['its signatures cut off', { ...good, signatures: [] }],
    ]),
    ...bad('a change of policy by one person', 'second-missing', [
      ['alone', forge.envelope(hold(), first)],
      ['the second cut off', { ...good, signatures: good.signatures.slice(0, 1) }],
    ]),
    ...bad('a change of policy by one person twice', 'same-person', [
      ['signed twice', forge.envelope(hold(), first, first)],
      ['the signature doubled', { ...good, signatures: [good.signatures[0], good.signatures[0]] }],
    ]),
    ...bad(
      'a change of policy with a second of another role',
      'second-refused',
      ['seller-stock', 'us-state', 'auditor', 'cn-mofcom'].map((holder) => [holder, forge.envelope(hold(), first, forge.who(holder))]),
    ),
    ...bad('a change of policy by another role', 'role-differs', [
      ['us-president', forge.envelope(hold({ signer: 'us-president' }), forge.who('us-president'), second)],
    ]),
    ...bad('a change of policy in the role of another', 'wrong-act', [
      ['of the President', forge.envelope(hold({ role: 'us.president', signer: 'us-president' }), forge.who('us-president'), second)],
    ]),
    ...bad('a change of policy by somebody of a side', 'duty-conflict', [
      ['as the second', forge.envelope(hold(), first, forge.who('us-commerce', 'policy.admin'))],
      ['as the first', forge.envelope(hold({ signer: 'us-commerce' }), forge.who('us-commerce', 'policy.admin'), second)],
    ]),
    ...bad('a change of policy that was not signed so', 'signature-invalid', [
      ['a bit flipped', resigned(good, (bytes) => bytes.with(9, (bytes[9] ?? 0) ^ 1))],
      ['another epoch', { ...good, payload: forge.payload(hold({ epoch: policyEpoch + 2 })) }],
    ]),
    ...bad('an act sent as a change of policy', 'wrong-act', [
      ['a denial', forge.stateSigned()],
      ['a cancellation', forge.envelope(forge.claims('cancel', 'seller.desk', { reason: 'x' }), forge.who('seller-desk', 'seller.desk'))],
      ['a submission', forge.envelope(forge.claims('submit', 'seller.desk', {}), forge.who('seller-desk', 'seller.desk'))],
    ]),
    ...bad('a change of policy of another form', 'wrong-act', [
      of('without fields', {}),
      of('without a reason', { hold: 'P-8' }),
      of('without a name', { reason: 'review' }),
      of('with a list of names', { hold: ['P-8'], reason: 'review' }),
      of('with a list of reasons', { hold: 'P-8', reason: ['review'] }),
    ]),
    ...bad('a change of policy for another order', 'wrong-order', [
      signed('another id', { order: `${terms.id}x` }),
      signed('another genesis', { genesis: '0'.repeat(64) }),
    ]),
    ...bad('a change of policy on another subject', 'wrong-subject', [signed('zeros', { subject: '0'.repeat(64) })]),
    ...bad('a change of policy of another time', 'expired', [signed('yesterday', { issued: forge.now - 172_800_000, expires: forge.now - 86_400_000 })]),
    ...bad('a change of policy of another time', 'not-yet-valid', [signed('tomorrow', { issued: forge.now + 86_400_000, expires: forge.now + 172_800_000 })]),
    ...bad('a change of policy with half a character', 'claims-invalid', [
      [
        'in a name',
        forge.envelope(Buffer.from(forge.payload(hold()), 'base64url').toString().replace('"hold":"P-8"', '"hold":"P-8","x\\ud800":"x"'), first, second),
      ],
    ]),
  ];
}

/** Why an order does not hear of a change, or the change. */
export function answerToChange({ bound, cast, now }: Setting, { envelope }: Pick<BadChange, 'envelope'>, primitives: Primitives): PolicyChange | Refusal {
  const change = readSignedChange(envelope, bound, { keyring: cast.keyring, at: now, primitives });
  if (isRefusal(change)) return change;
  return (change.signed && dutyFault(bound.order.actors ?? {}, change.signed)) ?? change;
}

/** The code by which an order does not hear of a change, or that it does. */
export function verdictOnChange(setting: Setting, sent: Pick<BadChange, 'envelope'>, primitives: Primitives): RefusalCode | 'heard' {
  const answer = answerToChange(setting, sent, primitives);
  return isRefusal(answer) ? answer.refused : 'heard';
}

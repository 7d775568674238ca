import { type ActName, actNames, actSpec } from '../../domain/acts.ts';
import { plan } from '../../domain/plan.ts';
import { type Role, roles } from '../../domain/roles.ts';
import type { Order } from '../../domain/state.ts';
import type { Dice } from './dice.ts';
import { type Fields, generatedFields } from './generated-fields.ts';

const endsOrTurnsBack: ReadonlySet<ActName> = new Set([
  ...(['deny', 'notify-intent-to-deny', 'deny-purchase', 'confirm-hit', 'decline-customer', 'cancel', 'fail-inspection'] as const),
  ...(['reject-unregistered', 'return-without-action', 'decline-conditions', 'return-evidence'] as const),
]);

/** What people do while an application is looked at and nobody asks them for it. */
const detours: readonly ActName[] = [
  'request-information',
  'request-information',
  'hold-without-action',
  'withdraw-application',
  'return-without-action',
  'amend',
];

interface Doing {
  readonly by: Role;
  readonly act: ActName;
}

/** An act that somebody is asked for, or now and then one that nobody asked for, with all that it says. */
export function generatedAct(dice: Dice, order: Order): Fields & { readonly by: Role } {
  const asked = plan(order).asks.flatMap(({ role, acts }) => acts.map((act) => ({ by: role, act })));
  const onward = asked.filter(({ act }) => !endsOrTurnsBack.has(act));
  const choice = onward.length > 0 && dice.in100(90) ? onward : asked;
  const { by, act } = choice.length > 0 && dice.in100(92) ? dice.oneOf(choice) : unasked(dice, order);
  return { by, act, ...generatedFields(dice, act, by, order) };
}

function unasked(dice: Dice, order: Order): Doing {
  const isUnderReview = 'applicationNumber' in order.usReview;
  const act = isUnderReview && dice.in100(60) ? dice.oneOf(detours) : dice.oneOf(actNames);
  return { act, by: dice.in100(80) ? dice.oneOf(actSpec(act).by) : dice.oneOf(roles) };
}

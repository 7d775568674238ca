import type { Ask } from '../../../domain/stage.ts';
import { readAct } from '../../../domain/read-act.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import type { Role } from '../../../domain/roles.ts';
import { type Order, unitsOf } from '../../../domain/state.ts';
import { type StepName, stepNames } from '../../../domain/steps.ts';
import type { Act, ActName } from '../../../domain/acts.ts';
import { entitledActs } from '../acts-to-try.ts';
import type { Core, Seen } from '../core.ts';
import { debtPaidBy } from '../debts.ts';
import { type Invariant, must } from '../invariant.ts';
import { actsOfReview, actsWith } from '../review/acts.ts';
import { words } from '../review/bounds.ts';
import { changeOf } from '../reports-to-try.ts';

/** By hand: what only a system can say was done. */
const saidBySystems: ReadonlySet<StepName> = new Set([
  'screen-parties',
  'reserve-stock',
  'ship',
  'accrue-levy',
  'reduce-stock',
  'release-stock',
  'void-license',
]);

/** Since edition 2 the ledger records a license before the buyer is told of it. */
const isSaidBySystems = (step: StepName, edition: 1 | 2): boolean => saidBySystems.has(step) || (edition === 2 && step === 'notify-license');

const isOfReview = (name: ActName): boolean => actsOfReview.some((one) => one === name);
const byNameAndRole = (acts: readonly Act[]): ReadonlyMap<string, readonly Act[]> => Map.groupBy(acts, (act) => `${act.name} ${act.by}`);
const known = { 1: byNameAndRole(entitledActs), 2: byNameAndRole([...entitledActs.filter(({ name }) => !isOfReview(name)), ...actsWith(actsOfReview, words)]) };
const waysOf = ({ order }: Seen, name: ActName, by: Role): readonly Act[] =>
  name === 'amend' ? [toFewer(order)] : (known[order.policy.edition].get(`${name} ${by}`) ?? []);
function toFewer(order: Order): Act {
  const act = readAct('amend', { by: 'seller.desk', change: 'units', to: String(unitsOf(order) - 1), reason: 'the customer needs fewer' }, 'asked-for');
  if (isRefusal(act)) throw new Error(act.message);
  return act;
}
const isTaken = (core: Core, { order, now }: Seen, act: Act): boolean => !isRefusal(core.decide(order, { type: 'act', act: { ...act, id: 'asked-for' } }, now));

function faultOfAsk(core: Core, seen: Seen, { role, acts: asked }: Ask): string | undefined {
  if (role === 'policy.admin') {
    const { order, now, notes } = seen;
    const deaf = notes.holds.find((id) => {
      const answer = core.decide(order, { type: 'policy-changed', change: changeOf(id, 'lift', order.policyEpoch + 1) }, now);
      return isRefusal(answer) || answer.length === 0;
    });
    return notes.holds.length === 0 ? 'the policy board is asked, and nothing holds the order' : deaf && `${deaf} cannot be lifted`;
  }
  const refused = asked.find((name) => !waysOf(seen, name, role).some((act) => isTaken(core, seen, act)));
  return refused && `${role} is asked for ${refused}, which is refused`;
}

/** Failed steps that the order still needs: all on the way, and after the end those that take back or tell. */
const inTheWay = ({ notes }: Seen): StepName[] =>
  stepNames.filter(
    (step) =>
      notes.calls[step]?.state === 'failed' &&
      (notes.outcome === undefined || step === 'notify-ending' || step === 'void-license' || debtPaidBy(step) !== undefined),
  );

function faultOfRepairs(seen: Seen, core: Core): string | undefined {
  for (const step of inTheWay(seen)) {
    const asked = seen.plan.asks.some(({ role, acts: names }) => role === 'seller.desk' && names.includes('retry-step') && names.includes('settle-step'));
    if (!asked) return `${step} has failed and the desk is not asked`;
    const takes = (does: (act: Act) => boolean): boolean =>
      [...waysOf(seen, 'retry-step', 'seller.desk'), ...waysOf(seen, 'settle-step', 'seller.desk')].some((act) => does(act) && isTaken(core, seen, act));
    if (!takes((act) => act.name === 'retry-step' && act.step === step)) return `${step} has failed and cannot be retried`;
    for (const outcome of ['done', 'not-done'] as const) {
      const taken = takes((act) => act.name === 'settle-step' && act.step === step && act.outcome === outcome);
      if (taken !== (outcome === 'not-done' || !isSaidBySystems(step, seen.order.policy.edition)))
        return `${step} has failed; settled as ${outcome} it is ${taken ? 'taken' : 'refused'}`;
    }
  }
  return undefined;
}

/** That an order always has a way on, and somebody who knows of it. */
export const waiting: readonly Invariant[] = [
  {
    name: 'an-open-order-waits-on-somebody-or-on-a-timer',
    ofState: ({ plan, notes }) =>
      must(
        plan.closed ||
          plan.run.length > 0 ||
          plan.asks.length > 0 ||
          plan.deadline !== undefined ||
          Object.values(notes.calls).some((call) => call.state === 'running'),
        'waits on nobody and on no timer',
      ),
  },
  {
    name: 'nobody-is-asked-for-what-would-be-refused',
    ofState: (seen, core) => {
      for (const ask of seen.plan.asks) {
        const fault = faultOfAsk(core, seen, ask);
        if (fault !== undefined) return fault;
      }
      return undefined;
    },
  },
  { name: 'a-failed-step-can-be-mended', ofState: faultOfRepairs },
  { name: 'there-is-always-a-way-on', ofGraph: true },
];

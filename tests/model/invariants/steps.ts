import { type StepName, stepNames } from '../../../domain/steps.ts';
import { debtMadeBy, debtPaidBy, debts } from '../debts.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Notes, Told } from '../notes.ts';

/** By hand: why a step may be wanted anew, under a new key. */
const causes: { readonly [S in StepName]?: string | readonly string[] } = {
  'reserve-stock': ['stock-recheck-requested', 'stock-freed'],
  'request-inspection': 'retest-requested',
  ship: 'shipment-refused',
  'notify-license': 'license-issued',
  'file-application': 'application-resubmitted',
  // An application that takes the place of a withdrawn one may be withdrawn in its turn.
  'withdraw-application': 'application-resubmitted',
};

const isRunning = (notes: Notes): boolean => Object.values(notes.calls).some((call) => call.state === 'running');
const lastOwed = (notes: Notes) => debts.findLast((debt) => notes.owed.includes(debt));
/** What the other side acts on: all but the policy epoch, which the ledger checks and does not act on. */
const substance = ({ input }: Told): string => input.replace(/,"policyEpoch":\d+/, '');

/** The call that a step takes back or builds on. */
function keyBehind(notes: Notes, step: StepName): string | undefined {
  const debt = step === 'ship' ? 'stock' : debtPaidBy(step);
  const made = debt && stepNames.find((one) => debtMadeBy(one) === debt);
  return made && notes.calls[made]?.key;
}

/** Steps of the world, their keys and what they are told. */
export const steps: readonly Invariant[] = [
  {
    name: 'a-step-is-started-once-for-a-wish',
    ofState: ({ plan, notes }) => {
      const wrong = plan.run.find(({ step, key }) => notes.calls[step]?.key === key && notes.calls[step].state !== 'retried');
      return wrong && `${wrong.key} is wanted again, and nobody asked for it`;
    },
  },
  {
    name: 'a-retry-keeps-its-key-and-a-new-wish-has-its-own',
    ofCommand: (judged) =>
      atEach(judged, 'step-started', ({ step, wish }, notes, then) => {
        const [last, now] = [notes.calls[step], then.calls[step]];
        if (Object.entries(notes.calls).some(([name, call]) => name !== step && call.key === now?.key)) return `${now?.key} is the key of another step`;
        if (last === undefined) return must(wish === 0, `the first wish of ${step} is ${wish}`);
        if (last.state === 'retried') return must(wish === last.wish && now?.key === last.key, `the retry of ${last.key} has the key ${now?.key}`);
        return must(wish === last.wish + 1 && now?.key !== last.key, `the wish after ${last.key} has the key ${now?.key}`);
      }),
  },
  {
    name: 'a-key-is-never-told-two-different-inputs',
    ofCommand: (judged) =>
      atEach(judged, 'step-started', ({ step }, notes, then) => {
        const [last, now] = [notes.calls[step], then.calls[step]];
        return must(!last || !now || last.key !== now.key || substance(last) === substance(now), `${now?.key} was told ${last?.input}, now ${now?.input}`);
      }),
  },
  {
    name: 'a-step-is-wanted-anew-only-for-a-cause',
    ofCommand: ({ before, after, events }) => {
      if (before.order.steps === after.order.steps) return undefined;
      const wrong = stepNames.find((step) => {
        const grown = (after.order.steps[step]?.wish ?? 0) - (before.order.steps[step]?.wish ?? 0);
        return grown !== (before.notes.calls[step] ? events.filter((event) => causes[step]?.includes(event.type)).length : 0);
      });
      return wrong && `${wrong} is wanted anew without a cause`;
    },
  },
  {
    name: 'a-word-of-stock-that-has-come-free-is-not-forgotten',
    ofCommand: ({ before, events }) =>
      must(
        before.notes.stock !== 'freed' || !events.some(({ type }) => type === 'stock-short') || events.some(({ type }) => type === 'stock-freed'),
        'the order heard that stock has come free, then that it is short, and does not ask again',
      ),
  },
  {
    name: 'what-is-taken-back-or-shipped-is-named-by-its-key',
    ofState: ({ plan, notes }) => {
      const wrong = plan.run.find((call) => {
        const key = keyBehind(notes, call.step);
        const named = Object.values<unknown>({ ...call.input });
        return key !== undefined && !named.includes(key) && !(call.step === 'release-stock' && named.includes(notes.queuedUnder));
      });
      return wrong && `${wrong.key} does not name ${keyBehind(notes, wrong.step)}`;
    },
  },
  {
    name: 'a-failed-step-waits-for-the-desk',
    ofState: ({ plan, notes }) => {
      const failed = Object.values(notes.calls).some((call) => call.state === 'failed');
      const wrong = failed && notes.outcome === undefined ? plan.run.find(({ step }) => notes.calls[step]?.state !== 'retried') : undefined;
      return wrong && `${wrong.key} starts beside a failed step`;
    },
  },
  {
    name: 'steps-are-taken-back-one-at-a-time-the-last-first',
    ofState: ({ plan, notes }) => {
      for (const { step } of plan.run) {
        const debt = debtPaidBy(step);
        if (debt === undefined) continue;
        // An application that the desk has withdrawn is taken back while the order goes on.
        if (notes.outcome === undefined && notes.application === 'withdrawing' && debt === 'application') continue;
        if (notes.outcome === undefined) return `${step} although the order goes on`;
        if (isRunning(notes) || plan.run.length > 1) return `${step} beside another step`;
        if (lastOwed(notes) !== debt) return `${step} while ${notes.owed.join(', ') || 'nothing'} is owed`;
      }
      return undefined;
    },
  },
];

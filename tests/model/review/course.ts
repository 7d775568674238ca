import { type Command, openOrder } from '../../../domain/order.ts';
import { readAct } from '../../../domain/read-act.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import type { StepName } from '../../../domain/steps.ts';
import { dayZero, terms } from '../../support/orders.ts';
import { type Core, firstSeen, judge, type Seen } from '../core.ts';
import type { Course } from '../course.ts';
import { doneWith } from '../reports-to-try.ts';
import type { ReviewBounds } from './bounds.ts';
import { reviewCommands } from './commands.ts';
import { reviewFormOf } from './form.ts';

const step = (name: StepName): Command[] => [{ type: 'step-started', step: name }, doneWith(name, 0)];
function byCommerce(name: 'register' | 'refer', fields: Readonly<Record<string, string>>): Command {
  const act = readAct(name, { by: 'us.commerce', ...fields }, name);
  if (isRefusal(act)) throw new Error(act.message);
  return { type: 'act', act };
}

const toStock: readonly Command[] = [{ type: 'submitted' }, ...step('screen-parties'), { type: 'step-started', step: 'reserve-stock' }];
const toReferral: readonly Command[] = [
  doneWith('reserve-stock', 0),
  ...step('file-application'),
  byCommerce('register', { applicationNumber: 'Z100001' }),
  byCommerce('refer', {}),
];

/** Where a walk of the review ends: at the license, at the determination that none is needed, with the order (or past a denial, once it is closed), or with this application. */
function isEnd({ notes, plan }: Seen, { to }: ReviewBounds): boolean {
  const { application } = notes;
  const goesOn = to === 'correction' || (to === 'appeal' && notes.outcome === 'denied-by-us');
  if (plan.closed || (notes.outcome !== undefined && !goesOn) || application === 'licensed' || application === 'not-required') return true;
  if (to === 'filing') return application !== 'none';
  if (to === 'referral') return application === 'referred';
  return application === 'returned' || application === 'withdrawing' || (to === 'closing' && application === 'closed');
}

/** An order of today on its way through the US review, from its papers or from its referral on. */
export const reviewCourse = (bounds: ReviewBounds): Course => {
  const { policy, from, to } = bounds;
  // What ends a walk otherwise is where a correction begins.
  const stopsAtEnds = to !== 'correction';
  // From referral on it makes no difference who filed.
  const fileApplication = from === 'referral' ? 'when-allocated' : bounds.fileApplication;
  // A ruling that comes while stock is being reserved changes what a retry of the reservation tells the ledger: not walked yet.
  const isReserved = policy.eligibility[0]?.route === 'needs-ruling';
  const way = from === 'referral' ? [...toStock, ...toReferral] : isReserved ? [...toStock, doneWith('reserve-stock', 0)] : toStock;
  return {
    first: (core: Core) =>
      way.reduce((seen, command) => judge(core, seen, command, dayZero).after, firstSeen(core, openOrder(terms({ fileApplication }), policy), dayZero)),
    commandsAt: reviewCommands(bounds),
    formOf: (seen) => (stopsAtEnds && isEnd(seen, bounds) ? `${seen.notes.outcome} ${seen.notes.application}` : reviewFormOf(seen)),
    isEnd: (seen) => isEnd(seen, bounds),
    stopsAtEnds,
    agenciesAreAlike: true,
  };
};

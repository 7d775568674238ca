import type { Act } from '../../../domain/acts.ts';
import { isRefusal } from '../../../domain/refusal.ts';
import { agencies } from '../../../domain/roles.ts';
import type { Core, Seen } from '../core.ts';
import { type Invariant, must } from '../invariant.ts';

const tried = (core: Core, { order, now }: Seen, act: Act) => core.decide(order, { type: 'act', act }, now);
const id = 'tried';

/** What somebody may do whether or not anybody asks for it. */
export const rights: readonly Invariant[] = [
  {
    name: 'the-desk-may-cancel-until-the-goods-may-have-left',
    ofState: (seen, core) => {
      const { outcome, goods } = seen.notes;
      if (outcome !== undefined) return undefined;
      const taken = !isRefusal(tried(core, seen, { name: 'cancel', id, by: 'seller.desk', reason: 'changed plans' }));
      return must(taken === (goods === 'here'), `cancel is ${taken ? 'taken' : 'refused'} while the goods are ${goods}`);
    },
  },
  {
    name: 'an-agency-may-speak-and-change-its-position-until-the-review-closes',
    ofState: (seen, core) => {
      if (seen.notes.outcome !== undefined) return undefined;
      const silenced = agencies.find((by) => {
        const taken = !isRefusal(tried(core, seen, { name: 'recommend', id, by, position: 'no-objection' }));
        return taken !== (seen.notes.application === 'referred' && !seen.notes.review.parked);
      });
      return silenced && `${silenced} speaks while the application is ${seen.notes.application}`;
    },
  },
  {
    name: 'china-decides-whenever-an-application-is-open-there',
    ofState: (seen, core) => {
      if (seen.notes.outcome !== undefined) return undefined;
      const taken = !isRefusal(tried(core, seen, { name: 'approve-purchase', id, by: 'cn.miit', approvalNumber: 'CN-A-001' }));
      return must(taken === (seen.notes.china === 'applied'), `approve-purchase is ${taken ? 'taken' : 'refused'} while the purchase is ${seen.notes.china}`);
    },
  },
];

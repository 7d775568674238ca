import type { Notes } from '../notes.ts';
import { atEach, type Invariant, must } from '../invariant.ts';

/** A condition of shipping is looked at when the order wants to ship and again when the goods are said to have left. */
const shipsOnly = (name: string, may: (notes: Notes) => boolean, otherwise: string): Invariant => ({
  name,
  ofState: ({ plan, notes }) => must(!plan.run.some((call) => call.step === 'ship') || may(notes), `wants to ship ${otherwise}`),
  ofCommand: (judged) => atEach(judged, 'goods-shipped', (_event, notes) => must(may(notes), `the goods left ${otherwise}`)),
});

/** What must be there before goods leave. */
export const keys: readonly Invariant[] = [
  { name: 'ships-at-most-once', ofState: ({ notes }) => must(notes.shipments <= 1, `shipped ${notes.shipments} times`) },
  shipsOnly('ships-only-with-a-license', (notes) => notes.application === 'licensed', 'without a license'),
  shipsOnly('ships-only-with-the-chinese-approval', (notes) => notes.china === 'approval', 'without the Chinese approval'),
  shipsOnly('ships-only-what-passed-inspection', (notes) => notes.inspection === 'passed', 'without a passed inspection'),
  shipsOnly('ships-only-to-cleared-parties', (notes) => notes.screening === 'cleared', 'to parties that are not cleared'),
  {
    name: 'a-corrected-decision-turns-no-key',
    ofCommand: (judged) =>
      atEach(judged, 'decision-corrected', (event, notes, then) => {
        const stood = {
          'issue-license': notes.application === 'licensed',
          'presidential-decision': notes.review.word !== undefined,
          'approve-purchase': notes.china === 'approval',
        };
        if (!stood[event.corrects] || notes.goods !== 'here') return `${event.corrects} is corrected while it does not stand, or the goods are ${notes.goods}`;
        const { order } = judged.after;
        if (event.corrects === 'issue-license')
          return must(!('license' in order.usReview) && !('licensed' in order.usReview) && then.application !== 'licensed', 'the license still turns the key');
        return must(event.corrects !== 'approve-purchase' || order.chinaReview.state === 'applied', 'the approval still turns the key');
      }) ?? atEach(judged, 'license-issued', (_event, { review: { toVoid } }) => must(!toVoid, 'another license before the mistaken one is void')),
  },
  shipsOnly('ships-only-reserved-and-booked-units', (notes) => notes.stock === 'reserved' && notes.booked, 'without reserved stock and a booking'),
];

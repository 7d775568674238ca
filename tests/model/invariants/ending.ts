import type { EventType } from '../../../domain/events.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Notes } from '../notes.ts';
import { debtPaidBy } from '../debts.ts';
import type { Policy } from '../../../domain/policy.ts';
import { levyBasisPoints } from '../../../domain/rules/levy.ts';
import type { OrderTerms } from '../../../domain/terms.ts';

/** By hand: what may still be told of an order that has ended. */
const afterTheEnd: ReadonlySet<EventType> = new Set([
  'step-started',
  'step-done',
  'step-failed',
  'step-retried',
  'step-settled',
  'not-retold',
  'order-submitted',
  'parties-cleared',
  'screening-hit',
  'stock-reserved',
  'stock-short',
  'quota-reached',
  'stock-reduced',
  'stock-freed',
  'application-filed',
  'inspection-requested',
  'shipment-booked',
  'stock-released',
  'application-withdrawn',
  'license-voided',
  'denial-appealed',
  'denial-appeal-period-ended',
]);

/** The levy as an accountant would check it, in minor units: half up. */
const levyOf = ({ units, unitPriceMinor }: OrderTerms, policy: Policy): number => Math.floor((units * unitPriceMinor * levyBasisPoints(policy)) / 10_000 + 0.5);
const isGone = (notes: Notes): boolean => ['gone', 'declared', 'released', 'arrived'].includes(notes.goods);

/** How orders end. */
export const ending: readonly Invariant[] = [
  {
    name: 'an-ended-order-closes-only-when-all-is-taken-back',
    ofState: ({ plan, notes }) => {
      if (!plan.closed) return undefined;
      if (notes.outcome === undefined) return 'closed without an ending';
      if (notes.review.toVoid) return 'closed while a license that was recorded by mistake stands in the ledger';
      if (notes.owed.length > 0) return `closed while ${notes.owed.join(', ')} is owed`;
      if (Object.values(notes.calls).some((call) => call.state === 'running')) return 'closed while a step is running';
      return must(notes.told || notes.outcome === 'delivered', 'closed before the buyer was told');
    },
  },
  {
    name: 'a-closed-order-stays-closed',
    ofCommand: ({ before, after }) => must(!before.plan.closed || after.plan.closed, `${after.plan.run[0]?.step} is wanted after the order was closed`),
  },
  {
    name: 'an-order-whose-goods-may-have-left-is-not-called-off',
    ofCommand: (judged) =>
      atEach(judged, 'order-ended', ({ outcome }, notes) =>
        must(outcome === 'delivered' || notes.goods === 'here', `ended as ${outcome} while the goods are ${notes.goods}`),
      ),
  },
  {
    name: 'an-order-is-delivered-only-after-the-whole-way',
    ofCommand: (judged) =>
      atEach(judged, 'order-ended', ({ outcome }, notes) =>
        must(
          outcome !== 'delivered' || (notes.goods === 'arrived' && notes.levies.length === 1),
          `delivered while the goods are ${notes.goods} and ${notes.levies.length} levies are accrued`,
        ),
      ) ?? atEach(judged, 'delivery-confirmed', (_event, notes) => must(notes.goods === 'released', `arrived while the goods are ${notes.goods}`)),
  },
  {
    name: 'an-ended-order-begins-nothing-new',
    ofCommand: ({ events, notes }) => {
      const wrong = events.find((event, index) => notes[index]?.outcome !== undefined && !afterTheEnd.has(event.type));
      return wrong && `${wrong.type} after the end`;
    },
    ofState: ({ plan, notes }) => {
      const wrong =
        notes.outcome === undefined
          ? undefined
          : plan.run.find(({ step }) => step !== 'notify-ending' && step !== 'void-license' && debtPaidBy(step) === undefined);
      return wrong && `${wrong.step} is wanted after the end`;
    },
  },
  {
    name: 'the-levy-is-accrued-once-and-is-the-levy-of-the-revenue',
    ofCommand: (judged) => {
      const { terms, policy } = judged.before.order;
      return atEach(judged, 'levy-accrued', ({ amountMinor }, notes) =>
        must(
          notes.levies.length === 0 && isGone(notes) && amountMinor === levyOf(terms, policy),
          `a levy of ${amountMinor} after ${notes.levies.length} others, goods ${notes.goods}`,
        ),
      );
    },
    ofState: ({ order, plan }) => {
      const call = plan.run.find(({ step }) => step === 'accrue-levy');
      const told = call && new Map<string, unknown>(Object.entries(call.input)).get('amountMinor');
      return must(!call || told === levyOf(order.terms, order.policy), `the ledger is told a levy of ${String(told)}`);
    },
  },
];

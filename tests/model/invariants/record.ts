import { isRefusal } from '../../../domain/refusal.ts';
import type { Order } from '../../../domain/state.ts';
import type { UsReview } from '../../../domain/us-review.ts';
import type { Judged } from '../core.ts';
import { byTimeAlone, type Invariant, must } from '../invariant.ts';

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** By hand: where an application stays until another takes its place. */
const ofEndedApplications: ReadonlySet<string> = new Set(['licensed', 'denied', 'withdrawn', 'rejected-unregistered', 'returned-without-action']);

/** A denial may be followed by an appeal, or by the end of its days. */
const withAppealOf = (before: UsReview, after: UsReview): UsReview =>
  before.state === 'denied' && after.state === 'denied' && before.appeal?.state === 'open' ? { ...after, appeal: before.appeal } : after;

/** What has been recorded for good and is no longer there. */
function lost(before: Order, after: Order, isNewApplication: boolean): string | undefined {
  const { usReview, chinaReview, outcome } = before;
  if (ofEndedApplications.has(usReview.state) && !isNewApplication && !same(usReview, withAppealOf(usReview, after.usReview)))
    return `the application was ${usReview.state}`;
  if ((chinaReview.state === 'approved' || chinaReview.state === 'denied') && !same(chinaReview, after.chinaReview))
    return `the purchase was ${chinaReview.state}`;
  if (outcome !== undefined && after.outcome !== outcome) return `the order had ended: ${outcome}`;
  if (before.intake.state === 'cleared' && after.intake.state !== 'cleared') return 'the parties were cleared';
  if (before.fulfillment.state === 'delivered' && after.fulfillment.state !== 'delivered') return 'the goods were delivered';
  if (after.levyMinor < before.levyMinor) return `the levy was ${before.levyMinor}`;
  return undefined;
}

/** A position that was given stays until the agency changes it itself, and an act that was taken stays taken. */
function forgotten(before: Order, after: Order, spoke: readonly string[]): string | undefined {
  const act = Object.keys(before.acts).find((id) => !same(before.acts[id], after.acts[id]));
  if (act !== undefined) return `act ${act} had been taken`;
  if (!('positions' in before.usReview) || !('positions' in after.usReview)) return undefined;
  const then = new Map<string, unknown>(Object.entries(after.usReview.positions));
  const agency = Object.entries(before.usReview.positions).find(
    ([name, position]) => position.state !== 'asked' && !spoke.includes(name) && !same(position, then.get(name)),
  );
  return agency && `${agency[0]} had spoken`;
}

/** The same act again, and another act under its id. */
function faultOfSecondTime({ core, command, answer, after, at }: Judged): string | undefined {
  if (command.type !== 'act' || isRefusal(answer) || answer.length === 0) return undefined;
  const again = core.decide(after.order, command, at);
  if (isRefusal(again) || again.length > 0) return 'the same act under the same id is not the same the second time';
  const other = core.decide(after.order, { type: 'act', act: { name: 'cancel', id: command.act.id, by: 'seller.desk', reason: 'something else' } }, at);
  return must(isRefusal(other) && other.refused === 'act-conflict', 'another act under the same id is not a conflict');
}

/** A report that is told twice, or that nobody waits for. */
function faultOfStray({ core, before, command, at, events, after }: Judged): string | undefined {
  if (command.type !== 'step-done' && command.type !== 'step-failed') return undefined;
  const { step, wish } = command.type === 'step-done' ? command.report : command;
  const call = before.notes.calls[step];
  const awaited = call?.state === 'running' && call.wish === wish;
  if (!awaited)
    return must(
      events.every((event) => byTimeAlone.has(event.type)),
      `a stray report of ${step} brought about ${events.at(-1)?.type}`,
    );
  const again = core.decide(after.order, command, at);
  return must(!isRefusal(again) && again.length === 0, `the report of ${step} counts twice`);
}

/** What is recorded, and what is not. */
export const record: readonly Invariant[] = [
  {
    name: 'nothing-recorded-is-unrecorded',
    ofCommand: ({ before: { order: before }, after: { order: after }, events }) => {
      if (before === after) return undefined;
      const spoke = events.flatMap((event) => (event.type === 'position-given' ? [event.agency] : []));
      return (
        lost(
          before,
          after,
          events.some((event) => event.type === 'application-resubmitted' || (event.type === 'decision-corrected' && event.corrects === 'issue-license')),
        ) ?? forgotten(before, after, spoke)
      );
    },
  },
  {
    name: 'a-refusal-changes-nothing',
    ofCommand: ({ core, command, before, at, answer, thrown }) => {
      // Every order is frozen: whoever writes on it in place is stopped by this error.
      if (thrown instanceof TypeError && /read only|not extensible|Cannot delete/.test(thrown.message))
        return `an order was changed in place: ${thrown.message}`;
      if (!isRefusal(answer)) return undefined;
      const again = core.decide(before.order, command, at);
      return must(
        isRefusal(again) && again.refused === answer.refused && again.message === answer.message,
        'after a refusal the same act is answered otherwise',
      );
    },
  },
  { name: 'the-same-act-twice-changes-nothing', ofCommand: faultOfSecondTime },
  {
    name: 'a-fact-is-never-refused',
    ofCommand: ({ command, answer, thrown }) =>
      thrown ? `${command.type} cannot be taken: ${thrown.message}` : must(command.type === 'act' || !isRefusal(answer), `${command.type} was refused`),
  },
  { name: 'a-stray-or-second-report-changes-nothing', ofCommand: faultOfStray },
  {
    name: 'the-same-is-always-judged-alike',
    ofCommand: ({ core, before, command, at, answer, thrown }) =>
      thrown || isRefusal(answer)
        ? undefined
        : must(same(core.decide(before.order, command, at), answer), 'the same command is judged otherwise the second time'),
  },
];

import { isRefusal } from '../../../domain/refusal.ts';
import { theCore } from '../core.ts';
import { deciding, evolving, type Mutant, telling } from './mutant.ts';

let judgements = 0;

/** Broken records. */
export const ofTheRecord: readonly Mutant[] = [
  deciding('a refusal leaves a trace in the order', 'a-refusal-changes-nothing', (order, command, now) => {
    const answer = theCore.decide(order, command, now);
    if (isRefusal(answer)) Object.assign(order.acts, { refused: answer.refused });
    return answer;
  }),
  evolving('an act that was taken is not remembered', 'the-same-act-twice-changes-nothing', (order, event) => ({
    ...theCore.evolve(order, event),
    acts: order.acts,
  })),
  deciding('a report that comes twice counts twice', 'a-stray-or-second-report-changes-nothing', (order, command, now) => {
    if (command.type !== 'step-done') return theCore.decide(order, command, now);
    const { step, wish } = command.report;
    return theCore.decide(
      order.steps[step]?.state === 'done' ? { ...order, steps: { ...order.steps, [step]: { state: 'running', wish } } } : order,
      command,
      now,
    );
  }),
  deciding('an answer is refused once the order has ended', 'a-fact-is-never-refused', (order, command, now) =>
    command.type === 'step-done' && order.outcome !== undefined
      ? { refused: 'order-closed', message: 'the order has ended', accepted: 'nothing' }
      : theCore.decide(order, command, now),
  ),
  evolving('a late answer about the filing turns a withdrawal back', 'nothing-recorded-is-unrecorded', (order, event) =>
    event.type === 'application-filed' ? { ...order, usReview: { state: 'filed', filingReference: event.filingReference } } : theCore.evolve(order, event),
  ),
  evolving('a retest forgets that the parties were cleared', 'nothing-recorded-is-unrecorded', (order, event) => {
    const next = theCore.evolve(order, event);
    return event.type === 'retest-requested' ? { ...next, intake: { state: 'screening' } } : next;
  }),
  telling('a shortage is told with another number each time', 'the-same-is-always-judged-alike', (event) =>
    event.type === 'stock-short' ? { ...event, free: (judgements += 1) } : event,
  ),
];

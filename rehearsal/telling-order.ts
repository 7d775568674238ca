import type { EventType, OrderEvent } from '../domain/events.ts';
import { stepNames } from '../domain/steps.ts';
import { storyMinute } from './told.ts';

type Settled = OrderEvent<'step-done' | 'step-failed'>;
const isSettled = (event: OrderEvent): event is Settled => event.type === 'step-done' || event.type === 'step-failed';
/** What nobody did, and no answer brought about either: it came by itself, by time or by broadcast. */
const ofItsOwn: ReadonlySet<EventType> = new Set(['order-submitted', 'step-started', 'policy-held', 'policy-lifted', 'agency-deemed', 'not-retold']);
/** What an answer brings about stands behind it. */
const followsFromAnswer = (event: OrderEvent): boolean => event.act === undefined && !ofItsOwn.has(event.type) && !isSettled(event);

/**
 * Events in the order in which they are told. Steps that are in flight together may be answered in either order within a
 * moment, and nothing depends on it: such answers, with what follows from them, are told in the order of the journey.
 */
export function inTellingOrder(events: readonly OrderEvent[]): OrderEvent[] {
  const told: OrderEvent[] = [];
  let answers: { readonly answer: Settled; readonly following: OrderEvent[] }[] = [];
  const tellAnswers = (): void => {
    for (const { answer, following } of answers.toSorted(byMinuteThenJourney)) told.push(answer, ...following);
    answers = [];
  };
  for (const event of events) {
    if (isSettled(event)) {
      answers.push({ answer: event, following: [] });
      continue;
    }
    const last = answers.at(-1);
    if (last && followsFromAnswer(event)) last.following.push(event);
    else {
      tellAnswers();
      told.push(event);
    }
  }
  tellAnswers();
  return told;
}

const byMinuteThenJourney = (a: { readonly answer: Settled }, b: { readonly answer: Settled }): number =>
  storyMinute(a.answer.at) - storyMinute(b.answer.at) || stepNames.indexOf(a.answer.step) - stepNames.indexOf(b.answer.step);

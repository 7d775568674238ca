import type { OrderEvent } from '../../../domain/events.ts';
import type { Judged } from '../core.ts';
import { atEach, byTimeAlone, type Invariant, must } from '../invariant.ts';
import { faultOfRecord } from '../said.ts';
import type { Notes } from '../notes.ts';
import { byPeople } from './by-people.ts';

const someDenies = (notes: Notes): boolean => Object.values(notes.positions).includes('deny');
const all = (notes: Notes, ...words: string[]): boolean => {
  const said = Object.values(notes.positions);
  return said.length === 3 && said.every((word) => words.includes(word));
};

/** Commerce may disagree with a denial that agencies share; since edition 2, with any word that they share. */
const mayDisagree = (notes: Notes, edition: 1 | 2): boolean =>
  notes.application === 'closed' && (edition === 1 ? all(notes, 'deny') : !all(notes, 'silent') && (!someDenies(notes) || all(notes, 'deny', 'silent')));

/** A denial that the applicant was told of, and the ending that it means, come by themselves once its days are over. */
const isFinalDenial = (event: OrderEvent, { events, notes }: Judged): boolean =>
  event.by === undefined &&
  (event.type === 'license-denied' || (event.type === 'order-ended' && event.outcome === 'denied-by-us')) &&
  events.some((one, index) => one.type === 'license-denied' && one.at === event.at && notes[index]?.review.lies === 'notified');

/** Who decides, and that what was decided is what is recorded. */
export const decisions: readonly Invariant[] = [
  {
    name: 'only-the-named-act-of-the-entitled-role-decides',
    ofCommand: (judged) => {
      const { command, events } = judged;
      for (const event of events) {
        const people = byPeople[event.type];
        if (!people || isFinalDenial(event, judged)) continue;
        const { act, roles } = people;
        if (command.type !== 'act' || ![act].flat().includes(command.act.name)) return `${event.type} without the act ${[act].flat().join(' or ')}`;
        if (!roles.includes(command.act.by) || event.by !== command.act.by) return `${event.type} by ${event.by ?? 'nobody'}, sent by ${command.act.by}`;
        if (event.act?.id !== command.act.id) return `${event.type} under another act`;
      }
      return undefined;
    },
  },
  {
    name: 'no-timer-decides',
    ofCommand: (judged) => {
      const { command, events } = judged;
      const wrong = command.type === 'deadline-reached' ? events.find((event) => !byTimeAlone.has(event.type) && !isFinalDenial(event, judged)) : undefined;
      return wrong && `time alone brought about ${wrong.type}`;
    },
  },
  { name: 'what-is-recorded-is-what-was-said', ofCommand: faultOfRecord },
  {
    name: 'commerce-licenses-only-what-the-review-lets-it',
    ofCommand: (judged) =>
      atEach(judged, 'license-issued', (_event, notes) =>
        notes.application !== 'closed' && notes.application !== 'referred-opaque'
          ? `a license while the application is ${notes.application}`
          : must(
              notes.review.word === 'approve' || (notes.review.word === undefined && !someDenies(notes)),
              'a license against a denial that nobody above the agencies has set aside',
            ),
      ) ??
      atEach(judged, 'license-denied', (_event, notes) => must(notes.review.word !== 'approve', 'a denial after somebody above the agencies has approved')),
  },
  {
    name: 'the-president-decides-only-disagreements',
    ofCommand: (judged) =>
      atEach(judged, 'president-decided', (_event, notes) => must(notes.president === 'asked', 'the President was not asked')) ??
      atEach(judged, 'escalated', (event, notes) =>
        must(
          event.by !== 'us.commerce' || (mayDisagree(notes, judged.before.order.policy.edition) && notes.review.word === undefined),
          'nothing of the agencies that Commerce could disagree with',
        ),
      ),
  },
  {
    name: 'silence-is-recorded-as-silence',
    ofState: ({ order: { usReview }, notes }) => {
      if (!('positions' in usReview)) return undefined;
      const wrong = Object.entries(usReview.positions).find(
        ([agency, position]) => (position.state === 'deemed') !== (new Map<string, unknown>(Object.entries(notes.positions)).get(agency) === 'silent'),
      );
      return wrong && `${wrong[0]} was silent or spoke, and the order says ${wrong[1].state}`;
    },
  },
];

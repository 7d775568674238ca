import type { EventType } from '../../../domain/events.ts';
import { type Invariant, must } from '../invariant.ts';

/** What no hold lets begin. */
const stoppedByHolds: ReadonlySet<EventType> = new Set(['application-submitted', 'license-issued', 'retest-requested']);

/** Policy holds. */
export const holds: readonly Invariant[] = [
  {
    name: 'nothing-begins-while-held',
    ofState: ({ plan, notes }) =>
      must(notes.outcome !== undefined || notes.holds.length === 0 || plan.run.length === 0, `starts ${plan.run[0]?.step} while held`),
    ofCommand: ({ events, notes }) => {
      const wrong = events.find((event, index) => stoppedByHolds.has(event.type) && (notes[index]?.holds.length ?? 0) > 0);
      return wrong && `${wrong.type} while held`;
    },
  },
  {
    name: 'a-policy-change-counts-once-and-a-lifted-hold-stays-lifted',
    ofCommand: ({ command, events, before, after }) => {
      if (command.type !== 'policy-changed') return undefined;
      const { id, effect } = command.change;
      const told = events.filter((event) => event.type === 'policy-held' || event.type === 'policy-lifted');
      const isNews = effect === 'hold' ? ![...before.notes.holds, ...before.notes.lifted].includes(id) : !before.notes.lifted.includes(id);
      // Time may have ended the order just before; a change of policy never does.
      const expected = after.notes.outcome === undefined && isNews;
      return must(told.length === (expected ? 1 : 0), `${effect} of ${id} is told ${told.length} times`);
    },
  },
  {
    name: 'the-newest-policy-epoch-never-falls',
    ofCommand: ({ before, after }) => must(after.order.policyEpoch >= before.order.policyEpoch, `the epoch fell to ${after.order.policyEpoch}`),
  },
];

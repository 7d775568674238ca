import type { EventType, OrderEvent } from '../../domain/events.ts';
import type { Core, Judged, Seen } from './core.ts';
import type { Notes } from './notes.ts';

/** What must hold always, under the name that docs/invariants.md explains. */
export interface Invariant {
  readonly name: string;
  /** What is wrong with what came of a command; undefined where nothing is. */
  readonly ofCommand?: (judged: Judged) => string | undefined;
  /** What is wrong with an order as it stands. */
  readonly ofState?: (seen: Seen, core: Core) => string | undefined;
  /** Looked at on the whole graph of states, not on one of them: see ways-on.ts. */
  readonly ofGraph?: true;
}

/** By hand: all that time can bring about by itself, beside a denial that was told and became final. */
export const byTimeAlone: ReadonlySet<EventType> = new Set([
  'agency-deemed',
  'review-closed',
  'opinions-due',
  'limit-reached',
  'decision-overdue',
  'appeal-period-ended',
  'response-period-ended',
  'denial-appeal-period-ended',
]);

const isOf = <T extends EventType>(event: OrderEvent, type: T): event is OrderEvent & OrderEvent<T> => event.type === type;

/** The first thing wrong with the events of one type, each looked at with the notes before it and after it. */
export function atEach<T extends EventType>(
  { events, notes, before }: Judged,
  type: T,
  fault: (event: OrderEvent<T>, known: Notes, then: Notes) => string | undefined,
): string | undefined {
  for (const [index, event] of events.entries()) {
    if (!isOf(event, type)) continue;
    const found = fault(event, notes[index] ?? before.notes, notes[index + 1] ?? before.notes);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Says what is wrong unless it is as it must be. */
export const must = (holds: boolean, otherwise: string): string | undefined => (holds ? undefined : otherwise);

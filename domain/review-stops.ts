import type { EventType, OrderEvent } from './events.ts';
import type { Agency, Role } from './roles.ts';

/** A time that does not count: why, who began it, and from when to when (epoch milliseconds); one that lasts has no end. */
export interface Stop {
  readonly reason: string;
  readonly by: Role;
  readonly from: number;
  readonly to?: number;
}

/** A stop and whose time stands still: that of one reviewer and the total, or everybody's. */
export interface OwnedStop extends Stop {
  readonly owner: 'everybody' | 'us.commerce' | Agency;
}

/** What a fact does to stops. */
interface Change {
  readonly begins?: OwnedStop;
  readonly ends?: (stop: OwnedStop) => boolean;
}

const everybodys = (reason: string, by: Role, from: number): Change => ({ begins: { reason, by, from, owner: 'everybody' } });
const endOf = (reason: string): Change => ({ ends: (stop) => stop.reason === reason });
/** An application that is over leaves only what is no matter of its review. */
const reviewOver = (): Change => ({ ends: ({ reason }) => !reason.startsWith('hold ') });

const changes: { readonly [T in EventType]?: (event: OrderEvent<T>) => Change } = {
  'policy-held': ({ id, at }) => everybodys(`hold ${id}`, 'policy.admin', at),
  'policy-lifted': ({ id }) => endOf(`hold ${id}`),
  'question-asked': ({ number, asker, stopsClocks, at }) =>
    stopsClocks ? { begins: { reason: `question ${number}`, by: asker, from: at, owner: asker } } : {},
  'question-answered': ({ number }) => endOf(`question ${number}`),
  'question-withdrawn': ({ number }) => endOf(`question ${number}`),
  'review-closed': () => ({ ends: ({ reason }) => reason.startsWith('question ') }),
  'application-parked': ({ by = 'us.commerce', at }) => everybodys('held without action', by, at),
  'review-resumed': () => endOf('held without action'),
  'conditions-offered': ({ by = 'us.commerce', at }) => everybodys('conditions with the applicant', by, at),
  'conditions-answered': () => endOf('conditions with the applicant'),
  'application-returned': reviewOver,
  'withdrawal-requested': reviewOver,
  // It stops what it would end, for it may have been recorded by mistake.
  'license-issued': ({ by = 'us.commerce', at }) => everybodys('correction', by, at),
  'decision-corrected': ({ corrects }) => (corrects === 'issue-license' ? endOf('correction') : {}),
  'application-resubmitted': reviewOver,
  'license-denied': reviewOver,
};

const changeBy = <T extends EventType>(type: T, event: OrderEvent<T>): Change => changes[type]?.(event) ?? {};

/** Every stop of an order's review, by its facts alone, in the order in which they began. */
export function reviewStops(events: readonly OrderEvent[]): readonly OwnedStop[] {
  return events.reduce<readonly OwnedStop[]>((stops, event) => {
    const { begins, ends } = changeBy(event.type, event);
    const ended = ends ? stops.map((stop) => (stop.to === undefined && ends(stop) ? { ...stop, to: event.at } : stop)) : stops;
    return begins ? [...ended, begins] : ended;
  }, []);
}

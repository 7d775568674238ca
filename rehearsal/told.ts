import type { OrderEvent } from '../domain/events.ts';
import { plan, waitingOn } from '../domain/plan.ts';
import type { Signed } from '../domain/signing/signed.ts';
import type { Order } from '../domain/state.ts';

/** One fact as a script reads it: when (ISO 8601, UTC, on the story's calendar), what, and by whom where a person acted. */
export interface ToldEvent {
  readonly at: string;
  readonly event: string;
  readonly by?: string;
  readonly [detail: string]: unknown;
}

/** What became of one order. `units` were ordered, `unitsShipped` left; `levyMinor` in minor units of the order's currency. */
export interface ToldOrder {
  readonly stage: string;
  readonly outcome: string | null;
  readonly waitingOn: readonly string[];
  readonly units: number;
  readonly unitsShipped: number;
  readonly levyMinor: number;
  readonly timeline: readonly ToldEvent[];
}

/** A story that was told: what became of its orders, which of its acts were refused, and how it differs from what was expected. */
export interface Told {
  readonly scenario: string;
  readonly engine: 'core' | 'temporal';
  readonly orders: Readonly<Record<string, ToldOrder>>;
  /** `step` is the number of the step in the story, the first being 1. */
  readonly refused: readonly { readonly step: number; readonly code: string; readonly message: string }[];
  readonly differences: readonly Difference[];
  readonly passed: boolean;
}

/** Something that did not come as it was expected; `where` names the step or the order. */
export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly was: string;
}

const minute = 60_000;
/** A moment on the story's calendar, to the minute: an engine takes some of its seconds for work that takes the core none. Epoch milliseconds. */
export const storyMinute = (at: number): number => Math.round(at / minute) * minute;
const storyMoment = (at: number): string => `${new Date(storyMinute(at)).toISOString().slice(0, 16)}Z`;

/** An order with its record, as a script reads it. */
export function toldOrder({ order, events }: { readonly order: Order; readonly events: readonly OrderEvent[] }): ToldOrder {
  const next = plan(order);
  return {
    stage: next.stage,
    outcome: order.outcome ?? null,
    waitingOn: waitingOn(next.asks),
    units: order.terms.units,
    unitsShipped: events.reduce((sum, event) => sum + (event.type === 'goods-shipped' ? event.units : 0), 0),
    levyMinor: order.levyMinor,
    timeline: events.map(toldEvent),
  };
}

function toldEvent(event: OrderEvent): ToldEvent {
  const { type, at, by, act, signed, ...details } = event;
  const license = type === 'license-issued' ? { license: { ...event.license, issuedAt: storyMoment(event.license.issuedAt) } } : {};
  const author = { ...(by !== undefined && { by }), ...(signed && toldSignature(signed)) };
  return { at: storyMoment(at), event: type, ...author, ...details, ...license, ...(act && { act: act.id }) };
}

/** Who stands behind a fact, the two kinds apart: `signedBy` for somebody of the role itself, `recordedBy` for the desk that says so. */
function toldSignature({ by, confirmedBy, ...rest }: Signed): Readonly<Record<string, unknown>> {
  const second = confirmedBy && { confirmedBy: confirmedBy.person };
  if (rest.kind === 'authenticated') return { signedBy: by.person, ...second };
  const { issuerNumber, decidedAt } = rest.evidence;
  return { recordedBy: by.person, recordedOn: { issuerNumber, decided: storyMoment(decidedAt) }, ...second };
}

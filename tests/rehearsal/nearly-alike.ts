import type { Told, ToldEvent } from '../../rehearsal/told.ts';

const minute = 60_000;
const isNear = (a: string, b: string): boolean => Math.abs(Date.parse(a) - Date.parse(b)) <= minute;

/**
 * A story as an engine told it, with the core's moments where they differ by a minute at most: retries can end within a
 * second of the half minute at which a moment is rounded, and an engine needs some seconds of its own.
 */
export function onCoreTime<T extends Pick<Told, 'orders'>>(told: T, core: Pick<Told, 'orders'>): T {
  const timelineOf = (order: string, timeline: readonly ToldEvent[]): ToldEvent[] =>
    timeline.map((event, index) => {
      const at = core.orders[order]?.timeline[index]?.at;
      return at !== undefined && isNear(at, event.at) ? { ...event, at } : event;
    });
  const orders = Object.fromEntries(Object.entries(told.orders).map(([id, order]) => [id, { ...order, timeline: timelineOf(id, order.timeline) }]));
  return { ...told, orders };
}

/**
 * A time zone as data: from each moment on (epoch milliseconds) the local clock is ahead of UTC by so many minutes. Pinned with the policy, so
 * that an order's days are told by what was known when it was submitted, in whatever release of Node it is replayed.
 * Earliest first; the last offset holds for good.
 */
export interface Zone {
  readonly name: string;
  readonly offsets: readonly { readonly from: number; readonly minutes: number }[];
}

const minute = 60_000;

/** How far the local clock is ahead of UTC at a moment, in milliseconds. Throws `RangeError` before the first offset that the zone tells. */
export function offsetAt(zone: Zone, at: number): number {
  const offset = zone.offsets.findLast(({ from }) => from <= at);
  if (!offset)
    throw new RangeError(`zone ${zone.name} tells no offset at ${at} (epoch milliseconds): its first begins at ${zone.offsets[0]?.from ?? 'no moment'}`);
  return offset.minutes * minute;
}

/** The last moment before the local clock reaches `local` (its reading as if it were UTC, in epoch milliseconds) for good: where it reads the same twice, before the second. */
export function lastBefore(zone: Zone, local: number): number {
  const { offsets } = zone;
  const last = offsets
    .map(({ from, minutes }, index) => ({ from, until: Math.min(offsets[index + 1]?.from ?? Infinity, local - minutes * minute) - 1 }))
    .findLast(({ from, until }) => until >= from);
  if (!last) throw new RangeError(`zone ${zone.name} tells no moment before ${new Date(local).toISOString()} of its local clock`);
  return last.until;
}

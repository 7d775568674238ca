/**
 * A time zone as data: from each moment on (epoch milliseconds) the local clock is ahead of UTC by so many minutes. Pinned with the policy, so
 * that an order's days are told by what was known when it was submitted, in whatever release of Node it is replayed.
 */
export interface Zone {
  readonly name: string;
  readonly offsets: readonly { readonly from: number; readonly minutes: number }[];
}

import { Temporal } from 'temporal-polyfill';

/** When nights begin: an hour (0 to 23) of the clock in a zone of an IANA name. */
export interface NightlyAt {
  readonly zone: string;
  readonly hour: number;
}

/** A night: its calendar day (YYYY-MM-DD), and the moment at which it begins in epoch milliseconds. */
export interface Night {
  readonly day: string;
  readonly at: number;
}

/** The first night that begins after a moment in epoch milliseconds. Where the clock leaves the hour out, it begins when the clock goes on. */
export function nightAfter({ zone, hour }: NightlyAt, after: number): Night {
  const today = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const nights = [today, today.add({ days: 1 })].map((day) => ({
    day: day.toString(),
    at: day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds,
  }));
  const next = nights.find(({ at }) => at > after);
  if (!next) throw new RangeError(`no night begins within two days of ${new Date(after).toISOString()} in ${zone}`);
  return next;
}

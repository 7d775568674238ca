/**
 * Accountable time: a deadline that stops while any reason holds it and resumes with exactly what was left.
 * Times are epoch milliseconds, `leftMs` is a duration in milliseconds.
 */
export type Clock =
  { readonly state: 'running'; readonly dueAt: number } | { readonly state: 'stopped'; readonly leftMs: number; readonly reasons: readonly string[] };

export const startClock = (ms: number, now: number): Clock => ({ state: 'running', dueAt: now + ms });

/** Adds one reason to stand still. A clock whose time is up keeps nothing: callers let time pass before they stop it. */
export function stopClock(clock: Clock, reason: string, now: number): Clock {
  if (clock.state === 'running') return { state: 'stopped', leftMs: Math.max(0, clock.dueAt - now), reasons: [reason] };
  return clock.reasons.includes(reason) ? clock : { ...clock, reasons: [...clock.reasons, reason] };
}

/** Removes one reason; the clock runs again only when it was the last. */
export function resumeClock(clock: Clock, reason: string, now: number): Clock {
  if (clock.state === 'running' || !clock.reasons.includes(reason)) return clock;
  const reasons = clock.reasons.filter((one) => one !== reason);
  return reasons.length > 0 ? { ...clock, reasons } : startClock(clock.leftMs, now);
}

/** A stopped clock never expires. */
export const isExpired = (clock: Clock, now: number): boolean => clock.state === 'running' && clock.dueAt <= now;

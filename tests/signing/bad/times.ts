import type { Claims } from '../../../domain/signing/claims.ts';
import { bad, type BadEnvelope, type Forge, type Named } from './forge.ts';

const [minute, day] = [60_000, 86_400_000];
/** The last moment that a calendar of ECMAScript knows. */
const latest = 8_640_000_000_000_000;

/** Signatures of another time, or for longer than a decision takes. */
export function wrongTimes(forge: Forge): BadEnvelope[] {
  const { now } = forge;
  const at = (name: string, issued: number, expires: number): Named[] => [
    [name, forge.stateSigned(forge.denial({ issued, expires }))],
    [`${name}, recorded`, forge.recordedSigned(forge.recorded({ issued, expires, ...decidedBefore(issued) }))],
  ];
  return [
    ...bad('an act that has expired', 'expired', [
      ...at('a minute ago', now - day, now - minute),
      ...at('a day ago', now - 2 * day, now - day),
      ...at('years ago', now - 1_000 * day, now - 990 * day),
      ...at('at the beginning of time', 0, 1),
    ]),
    ...bad('an act that expires this moment', 'expired', at('now', now - day, now), { jsonOnly: false }),
    ...bad('an act from the future', 'not-yet-valid', [
      ...at('an hour', now + 3_600_000, now + 2 * 3_600_000),
      ...at('a year', now + 365 * day, now + 366 * day),
      ...at('at the end of time', latest - 1, latest),
      ...at('signed tomorrow, expired yesterday', now + day, now - day),
    ]),
    ...bad('an act of one millisecond past what clocks differ', 'not-yet-valid', at('61 s', now + minute + 1, now + day), { jsonOnly: false }),
    ...bad('an act that is good for too long', 'lifetime-too-long', [
      ...at('a millisecond', now - 1_000, now - 1_000 + 31 * day + 1),
      ...at('a day', now - 1_000, now + 32 * day),
      ...at('a year', now - 1_000, now + 365 * day),
      ...at('for ever', now - 1_000, latest),
      ...at('since ever', 0, now + day),
      ...at('from first to last', 0, latest),
    ]),
    ...bad('an act that was signed after it expires', 'expired', [
      ...at('the day before', now - day, now - 2 * day),
      ...at('by a millisecond', now - day, now - day - 1),
      ...at('the same moment', now - day, now - day),
      ...at('signed by a clock of half a minute ahead', now + minute / 2, now + minute / 2 - 1),
      ...at('good for no time by such a clock', now + minute / 2, now + minute / 2),
    ]),
  ];
}

/** Evidence of a decision before a moment that may be the first there is. */
const decidedBefore = (issued: number): Pick<Claims, 'evidence'> => ({
  evidence: { document: 'ab'.repeat(32), issuerNumber: 'DOD-2026-3', decidedAt: Math.max(0, issued - 1) },
});

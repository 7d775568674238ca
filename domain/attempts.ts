import type { StepName } from './steps.ts';

/** How often and how patiently a step is tried before it has failed: the same on the engine and on the pure core. Durations in milliseconds. */
export const attempts = { most: 8, firstBackoffMs: 1_000, backoffFactor: 2, longestBackoffMs: 30_000 } as const;

const usualMs = 10_000;
/** A step whose other side is slower, or whose effect must not be doubted for long, waits by its own measure. */
const ownMs: { readonly [S in StepName]?: number } = { 'file-application': 20_000, ship: 20_000 };

/** How long one attempt of a step is waited for; also how long a crashed worker is. */
export const attemptMs = (step: StepName): number => ownMs[step] ?? usualMs;

/** The pause after the failed attempt of this number, the first being 1. */
export const backoffMs = (attempt: number): number => Math.min(attempts.longestBackoffMs, attempts.firstBackoffMs * attempts.backoffFactor ** (attempt - 1));

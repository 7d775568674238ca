import { say } from '../model/say.ts';

/** New at each run; set TWOKEY_SEED_DUTIES to repeat one. */
export const seed = Number(process.env['TWOKEY_SEED_DUTIES'] ?? Date.now() % 0x7fff_ffff);
export const repeated = `repeat with TWOKEY_SEED_DUTIES=${seed}`;

/** Tells what was counted, and how long it took since `began` by `performance.now()`. */
export const tell = (counted: string, began: number): void => say(`duties: ${counted}, in ${((performance.now() - began) / 1_000).toFixed(1)} s`);

/** How often each thing was said, the most frequent first. */
export const frequencies = (said: ReadonlyMap<string, number>): string =>
  [...said]
    .toSorted(([, one], [, other]) => other - one)
    .map(([what, times]) => `${times} ${what}`)
    .join(', ');

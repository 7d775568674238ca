import { setImmediate } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import { mutated } from './mutate.ts';
import type { Readers } from './readers.ts';
import type { Kind, Specimen } from './specimen.ts';
import type { Workshop } from './workshop.ts';

interface Failure {
  readonly specimen: Specimen;
  readonly fault: string;
}

export interface Fuzzed {
  readonly tried: number;
  /** How often the readers answered so, by kind and code. */
  readonly answers: ReadonlyMap<string, number>;
  /** Answers that differ in their words as well. */
  readonly sorts: number;
  readonly slowestMs: number;
  readonly failures: readonly Failure[];
}

/** How often each kind is tried, in a hundred. */
const shares: readonly (readonly [Kind, number])[] = [
  ['act', 52],
  ['change', 10],
  ['claims', 8],
  ['delegation', 12],
  ['keyring', 10],
  ['statement', 6],
  ['record', 2],
];
/** Of each answer, so that no refusal that quotes what it refuses drives out the others. */
const mostKept = 60;

/** When it is enough: after a time (milliseconds), or so many failures. */
export interface Enough {
  readonly afterMs: number;
  readonly failures?: number;
}

/**
 * Gives the readers specimens with something changed in them until it is enough. A specimen that is
 * answered in words that were not heard before is changed further.
 */
export async function fuzz(
  seeds: readonly Specimen[],
  readers: Readers,
  workshop: Workshop,
  dice: Dice,
  { afterMs, failures: mostFailures = 20 }: Enough,
): Promise<Fuzzed> {
  const pools = new Map(shares.map(([kind]) => [kind, seeds.filter((seed) => seed.kind === kind)]));
  const draws = shares.flatMap(([kind, share]) => Array.from({ length: share }, () => kind));
  const answers = new Map<string, number>();
  const heard = new Set<string>();
  const kept = new Map<string, number>();
  const failures: Failure[] = [];
  let [tried, slowestMs] = [0, 0];
  const end = performance.now() + afterMs;
  while (performance.now() < end && failures.length < mostFailures) {
    if (tried % 200 === 0) await setImmediate();
    const kind = dice.of(draws);
    const pool = pools.get(kind) ?? [];
    const specimen = mutated(dice.of(pool), workshop, dice);
    const began = performance.now();
    const { code, message, fault } = await readers.read(specimen);
    slowestMs = Math.max(slowestMs, performance.now() - began);
    tried += 1;
    if (fault !== undefined) failures.push({ specimen, fault });
    const answer = `${kind}: ${code}`;
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
    const words = `${answer} ${message.replaceAll(/[\d"]+|[\w-]{20,}/g, '#').slice(0, 60)}`;
    if (heard.has(words)) continue;
    heard.add(words);
    kept.set(answer, (kept.get(answer) ?? 0) + 1);
    if ((kept.get(answer) ?? 0) <= mostKept) pool.push(specimen);
  }
  return { tried, answers, sorts: heard.size, slowestMs, failures };
}

import fc from 'fast-check';

/** Choices that depend on a seed alone. */
export interface Dice {
  /** A whole number from 0 to `most`. */
  upTo(most: number): number;
  /** True in `percent` of a hundred cases. */
  in100(percent: number): boolean;
  oneOf<T>(list: readonly T[]): T;
}

const most = 2 ** 30;

/** Dice for one story: the same seed throws the same numbers. */
export function diceOf(seed: number, throws = 2_000): Dice {
  const [numbers = []] = fc.sample(fc.array(fc.nat(most), { minLength: throws, maxLength: throws }), { seed, numRuns: 1 });
  let next = 0;
  const throwOne = (): number => {
    const number = numbers[next];
    if (number === undefined) throw new Error(`seed ${seed}: the story needs more than ${throws} throws`);
    next += 1;
    return number;
  };
  return {
    upTo: (limit) => throwOne() % (limit + 1),
    in100: (percent) => throwOne() % 100 < percent,
    oneOf: (list) => {
      const one = list[throwOne() % Math.max(1, list.length)];
      if (one === undefined) throw new Error(`seed ${seed}: there is nothing to choose from`);
      return one;
    },
  };
}

/** Units by their lots. */
export type Lots = readonly { readonly lot: string; readonly units: number }[];

export const sumOf = (lots: Lots): number => lots.reduce((sum, { units }) => sum + units, 0);

/** The first so many units, and the others. */
export function split(lots: Lots, units: number): [first: Lots, others: Lots] {
  let missing = units;
  const parts = lots.map((one) => {
    const first = Math.min(one.units, missing);
    missing -= first;
    return [
      { ...one, units: first },
      { ...one, units: one.units - first },
    ] as const;
  });
  const some = (one: Lots[number]): boolean => one.units > 0;
  return [parts.map(([first]) => first).filter(some), parts.map(([, other]) => other).filter(some)];
}

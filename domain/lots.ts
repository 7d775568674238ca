/** So many units of a lot. */
export type LotUnits = { readonly lot: string; readonly units: number };

export const sumOf = (lots: readonly LotUnits[]): number => lots.reduce((sum, { units }) => sum + units, 0);

/** The first so many of these units, or all where they are no more; and the others. */
export function splitUnits(lots: readonly LotUnits[], most: number): { readonly first: LotUnits[]; readonly others: LotUnits[] } {
  let missing = most;
  const [first, others]: [LotUnits[], LotUnits[]] = [[], []];
  for (const { lot, units } of lots) {
    const taken = Math.min(units, missing);
    missing -= taken;
    if (taken > 0) first.push({ lot, units: taken });
    if (taken < units) others.push({ lot, units: units - taken });
  }
  return { first, others };
}

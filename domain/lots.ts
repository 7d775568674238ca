/** So many units of a lot. */
export type LotUnits = { readonly lot: string; readonly units: number };

export const sumOf = (lots: readonly LotUnits[]): number => lots.reduce((sum, { units }) => sum + units, 0);

/** These units and those, lot by lot in the order of their names. */
export function withUnits(lots: readonly LotUnits[], more: readonly LotUnits[]): LotUnits[] {
  const all = [...lots, ...more];
  const names = [...new Set(all.map(({ lot }) => lot))].toSorted();
  return names.map((lot) => ({ lot, units: unitsOfLot(all, lot) }));
}

/** These units without so many of one lot, of which they have as many. */
export const withoutUnits = (lots: readonly LotUnits[], { lot, units }: LotUnits): LotUnits[] =>
  lots.map((one) => (one.lot === lot ? { lot, units: one.units - units } : one)).filter((one) => one.units > 0);

/** How many units of one lot are among these. */
export const unitsOfLot = (lots: readonly LotUnits[], lot: string): number => sumOf(lots.filter((one) => one.lot === lot));

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

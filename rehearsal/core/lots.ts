import type { LotUnits } from '../../domain/lots.ts';
import type { ScenarioLot } from '../../edge/scenario.ts';

/** The lots of the ledger as a model in memory: what is free of each, and since when. Moments in epoch milliseconds. */
export class Lots {
  readonly #lots = new Map<string, { readonly lot: ScenarioLot; free: number; isOpen: boolean }>();

  receive(lot: ScenarioLot, at: number): void {
    if (this.#lots.has(lot.id)) throw new Error(`lot ${lot.id} came in before: give the new receipt a name of its own`);
    this.#lots.set(lot.id, { lot, free: lot.units, isOpen: (lot.opensAt ?? at) <= at });
  }

  /** The product of a lot; undefined where none of this name came in. */
  productOf(lot: string): string | undefined {
    return this.#lots.get(lot)?.lot.product;
  }

  /** When the next lot opens that has not; undefined where all have. */
  get nextOpening(): number | undefined {
    return this.#closed().at(0)?.lot.opensAt;
  }

  /** Opens the next lot whose day has come, and answers its product; undefined where there is none. */
  openNext(at: number): string | undefined {
    const one = this.#closed().find(({ lot }) => (lot.opensAt ?? at) <= at);
    if (one) one.isOpen = true;
    return one?.lot.product;
  }

  freeAt(product: string, at: number): number {
    return this.#openAt(product, at).reduce((sum, one) => sum + one.free, 0);
  }

  /** Takes so many free units or as many as there are, from the lots on hand first, then by the day they opened and by name; answers them by name. */
  take(product: string, units: number, at: number): LotUnits[] {
    let missing = units;
    const lots = this.#openAt(product, at).flatMap((one) => {
      const taken = Math.min(one.free, missing);
      missing -= taken;
      one.free -= taken;
      return taken > 0 ? [{ lot: one.lot.id, units: taken }] : [];
    });
    return lots.toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  }

  /** Makes units free again, and answers of which products they are. */
  giveBack(lots: readonly LotUnits[]): ReadonlySet<string> {
    for (const { lot, units } of lots) {
      const known = this.#lots.get(lot);
      if (known) known.free += units;
    }
    return new Set(lots.flatMap(({ lot }) => this.productOf(lot) ?? []));
  }

  #closed() {
    return [...this.#lots.values()].filter(({ isOpen }) => !isOpen).toSorted((a, b) => (a.lot.opensAt ?? 0) - (b.lot.opensAt ?? 0));
  }

  #openAt(product: string, at: number) {
    return [...this.#lots.values()]
      .filter(({ lot, free }) => lot.product === product && free > 0 && (lot.opensAt ?? at) <= at)
      .toSorted((a, b) => (a.lot.opensAt ?? -Infinity) - (b.lot.opensAt ?? -Infinity) || (a.lot.id < b.lot.id ? -1 : 1));
  }
}

import type { StepResults } from '../../domain/steps.ts';
import type { ScenarioLot } from '../../edge/scenario.ts';

interface Reservation {
  lots: readonly { readonly lot: string; readonly units: number }[];
  state: 'reserved' | 'shipped' | 'released';
  /** The step that shipped it. */
  shippedBy?: string;
}

/** The ledger's stock as a model in memory: the same rules, told once more without a database. */
export class Stock {
  readonly #lots = new Map<string, { readonly lot: ScenarioLot; free: number }>();
  readonly #reservations = new Map<string, Reservation>();

  receive(lot: ScenarioLot): void {
    if (this.#lots.has(lot.id)) throw new Error(`lot ${lot.id} came in before: give the new receipt a name of its own`);
    this.#lots.set(lot.id, { lot, free: lot.units });
  }

  /** All units or none, from the lots open at `at`, those on hand first, then by the day they opened and by name. */
  reserve(request: { key: string; product: string; units: number; at: number }): StepResults['reserve-stock'] {
    const made = this.#reservations.get(request.key);
    if (made) return { outcome: 'reserved', lots: made.lots };
    const open = [...this.#lots.values()]
      .filter(({ lot, free }) => lot.product === request.product && free > 0 && (lot.opensAt ?? request.at) <= request.at)
      .toSorted((a, b) => (a.lot.opensAt ?? -Infinity) - (b.lot.opensAt ?? -Infinity) || (a.lot.id < b.lot.id ? -1 : 1));
    const free = open.reduce((sum, one) => sum + one.free, 0);
    if (free < request.units) return { outcome: 'short', free };
    let missing = request.units;
    const lots = open.flatMap((one) => {
      const units = Math.min(one.free, missing);
      missing -= units;
      one.free -= units;
      return units > 0 ? [{ lot: one.lot.id, units }] : [];
    });
    lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
    this.#reservations.set(request.key, { lots, state: 'reserved' });
    return { outcome: 'reserved', lots };
  }

  /** How many units a reservation has. */
  unitsOf(key: string): number {
    return (this.#reservations.get(key)?.lots ?? []).reduce((sum, one) => sum + one.units, 0);
  }

  /** Keeps so many units of a reservation, the first lots by name, and gives the others back. */
  keep(key: string, units: number): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.state !== 'reserved') return;
    let missing = units;
    reservation.lots = reservation.lots.flatMap((one) => {
      const kept = Math.min(one.units, missing);
      missing -= kept;
      this.#free(one.lot, one.units - kept);
      return kept > 0 ? [{ ...one, units: kept }] : [];
    });
  }

  /** `by` is the key of the shipment. */
  ship(key: string, by: string): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.state === 'released' || !reservation) throw new Error(`reservation ${key} is ${reservation?.state ?? 'unknown'}: it cannot be shipped`);
    reservation.state = 'shipped';
    reservation.shippedBy ??= by;
  }

  /** Units that came back: none where nothing was reserved, or all came back before. */
  release(key: string): number {
    const reservation = this.#reservations.get(key);
    if (!reservation || reservation.state === 'released') {
      if (!reservation) this.#reservations.set(key, { lots: [], state: 'released' });
      return 0;
    }
    reservation.state = 'released';
    for (const { lot, units } of reservation.lots) this.#free(lot, units);
    return this.unitsOf(key);
  }

  /** The key of the shipment of a reservation, where it has been shipped. */
  shippedBy(key: string): string | undefined {
    return this.#reservations.get(key)?.shippedBy;
  }

  #free(lot: string, units: number): void {
    const known = this.#lots.get(lot);
    if (known) known.free += units;
  }
}

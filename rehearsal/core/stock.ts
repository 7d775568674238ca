import type { Quota, UnitsInUse } from '../../domain/rules/quota.ts';
import { overQuota, type OverQuota } from '../../domain/rules/quota-headroom.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { StepResults } from '../../domain/steps.ts';
import type { ScenarioLot } from '../../edge/scenario.ts';
import { Waitlist, type Waits } from './waitlist.ts';

interface Reservation {
  readonly orderId: string;
  lots: readonly { readonly lot: string; readonly units: number }[];
  state: 'reserved' | 'shipped' | 'released';
  /** The step that shipped it. */
  shippedBy?: string;
}
interface Wanted {
  readonly key: string;
  readonly orderId: string;
  readonly product: string;
  readonly units: number;
  readonly customerClass: OrderTerms['customerClass'];
  readonly quotas?: readonly Quota[];
  readonly at: number;
}

/** The ledger's stock as a model in memory: the same rules, told once more without a database. */
export class Stock {
  readonly waitlist = new Waitlist();
  readonly #lots = new Map<string, { readonly lot: ScenarioLot; free: number; isOpen: boolean }>();
  readonly #reservations = new Map<string, Reservation>();
  /** Calls that were refused over a quota. */
  readonly #refusals = new Map<string, OverQuota>();
  /** By order: whose units quotas count. */
  readonly #customers = new Map<string, string>();

  /** An order is submitted. */
  claim({ id, customer }: Pick<OrderTerms, 'id' | 'customer'>): void {
    this.#customers.set(id, customer);
  }

  receive(lot: ScenarioLot, at: number): void {
    if (this.#lots.has(lot.id)) throw new Error(`lot ${lot.id} came in before: give the new receipt a name of its own`);
    this.#lots.set(lot.id, { lot, free: lot.units, isOpen: (lot.opensAt ?? at) <= at });
    this.#serve(lot.product, at);
  }

  /** When the next lot opens that has not; undefined where all have. */
  get nextOpening(): number | undefined {
    return this.#closed().at(0)?.lot.opensAt;
  }

  /** Opens the lots whose day has come, and gives them to those who wait. */
  open(at: number): void {
    for (const one of this.#closed().filter(({ lot }) => (lot.opensAt ?? at) <= at)) {
      one.isOpen = true;
      this.#serve(one.lot.product, at);
    }
  }

  /** All units or none, from the lots open at `at` and within quotas; who gets none waits. What has been set aside for an order it gets by its next call. */
  reserve(wanted: Wanted): StepResults['reserve-stock'] {
    const { key, orderId, product, units, customerClass, quotas, at } = wanted;
    const customer = this.#customers.get(orderId);
    const made = this.#madeOrTaken(wanted) ?? this.#refusedOver(wanted);
    if (made) return made;
    this.waitlist.join({ key, orderId, product, units, customerClass, since: at, ...(quotas && { quotas }), ...(customer !== undefined && { customer }) });
    this.#serve(product, at);
    return this.#madeOrTaken(wanted) ?? { outcome: 'short', free: this.#freeAt(product, at), ...this.waitlist.placeOf(orderId, product, at) };
  }

  /** How many units a reservation has. */
  unitsOf(key: string): number {
    return (this.#reservations.get(key)?.lots ?? []).reduce((sum, one) => sum + one.units, 0);
  }

  /** Keeps so many units of a reservation, the first lots by name, and gives the others to those who wait. */
  keep(key: string, units: number, at: number): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.state !== 'reserved') return;
    let missing = units;
    const before = reservation.lots;
    reservation.lots = before.flatMap((one) => {
      const kept = Math.min(one.units, missing);
      missing -= kept;
      this.#free(one.lot, one.units - kept);
      return kept > 0 ? [{ ...one, units: kept }] : [];
    });
    this.#serveLots(before, at);
  }

  /** `by` is the key of the shipment. */
  ship(key: string, by: string): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.state === 'released' || !reservation) throw new Error(`reservation ${key} is ${reservation?.state ?? 'unknown'}: it cannot be shipped`);
    reservation.state = 'shipped';
    reservation.shippedBy ??= by;
  }

  /** Units that came back: none where nothing was reserved, or all came back before. The order waits no longer. */
  release(key: string, orderId: string, at: number): number {
    const called = this.waitlist.leave(orderId);
    if (called && called.key !== key) this.#giveBack(called.key, orderId, at);
    return this.#giveBack(key, orderId, at);
  }

  /** The key of the shipment of a reservation, where it has been shipped. */
  shippedBy(key: string): string | undefined {
    return this.#reservations.get(key)?.shippedBy;
  }

  #closed() {
    return [...this.#lots.values()].filter(({ isOpen }) => !isOpen).toSorted((a, b) => (a.lot.opensAt ?? 0) - (b.lot.opensAt ?? 0));
  }

  #madeOrTaken(wanted: Wanted): StepResults['reserve-stock'] | undefined {
    const over = this.#refusals.get(wanted.key);
    if (over) return { outcome: 'over-quota', ...over };
    const taken = this.#takeCalled(wanted);
    if (taken) return taken;
    const made = this.#reservations.get(wanted.key);
    return made && { outcome: 'reserved', lots: made.lots };
  }

  /** An order that asks under a new key and does not fit into a cap waits no longer. */
  #refusedOver({ key, orderId, product, units, quotas }: Wanted): StepResults['reserve-stock'] | undefined {
    const customer = this.#customers.get(orderId);
    if (!quotas || customer === undefined || this.waitlist.keyOf(orderId) === key) return undefined;
    const over = overQuota(quotas, { customer, product, units }, this.#inUse());
    if (!over) return undefined;
    this.waitlist.leave(orderId);
    this.#refusals.set(key, over);
    return { outcome: 'over-quota', ...over };
  }

  /** What orders hold or have had shipped. */
  #inUse(): UnitsInUse[] {
    return [...this.#reservations.values()].flatMap(({ orderId, lots, state }) => {
      const customer = this.#customers.get(orderId);
      if (customer === undefined || state === 'released') return [];
      return lots.flatMap(({ lot, units }) => ({ customer, product: this.#lots.get(lot)?.lot.product ?? '', units }));
    });
  }

  /** What has been set aside for the order becomes the reservation of this call. */
  #takeCalled({ key, orderId, units, at }: Wanted): StepResults['reserve-stock'] | undefined {
    const called = this.waitlist.take(orderId);
    if (!called) return undefined;
    const held = this.#reservations.get(called.key);
    if (!held) return undefined;
    this.#reservations.set(key, { ...held });
    if (called.key !== key) this.#reservations.set(called.key, { orderId, lots: [], state: 'released' });
    this.keep(key, units, at);
    return { outcome: 'reserved', lots: this.#reservations.get(key)?.lots ?? [] };
  }

  #serve(product: string, at: number): void {
    for (const { one, over } of this.waitlist.call(product, this.#freeAt(product, at), at, () => this.#inUse())) {
      if (over) this.#refusals.set(one.key, over);
      else this.#setAside(one, at);
    }
  }

  #serveLots(lots: Reservation['lots'], at: number): void {
    for (const product of new Set(lots.flatMap(({ lot }) => this.#lots.get(lot)?.lot.product ?? []))) this.#serve(product, at);
  }

  /** From the lots on hand first, then by the day they opened and by name. */
  #setAside({ key, orderId, product, units }: Waits, at: number): void {
    let missing = units;
    const lots = this.#openAt(product, at).flatMap((one) => {
      const taken = Math.min(one.free, missing);
      missing -= taken;
      one.free -= taken;
      return taken > 0 ? [{ lot: one.lot.id, units: taken }] : [];
    });
    lots.sort((a, b) => (a.lot < b.lot ? -1 : 1));
    this.#reservations.set(key, { orderId, lots, state: 'reserved' });
  }

  #openAt(product: string, at: number) {
    return [...this.#lots.values()]
      .filter(({ lot, free }) => lot.product === product && free > 0 && (lot.opensAt ?? at) <= at)
      .toSorted((a, b) => (a.lot.opensAt ?? -Infinity) - (b.lot.opensAt ?? -Infinity) || (a.lot.id < b.lot.id ? -1 : 1));
  }

  #freeAt(product: string, at: number): number {
    return this.#openAt(product, at).reduce((sum, one) => sum + one.free, 0);
  }

  #giveBack(key: string, orderId: string, at: number): number {
    const reservation = this.#reservations.get(key);
    if (!reservation || reservation.state === 'released') {
      if (!reservation) this.#reservations.set(key, { orderId, lots: [], state: 'released' });
      return 0;
    }
    reservation.state = 'released';
    for (const { lot, units } of reservation.lots) this.#free(lot, units);
    const released = this.unitsOf(key);
    this.#serveLots(reservation.lots, at);
    return released;
  }

  #free(lot: string, units: number): void {
    const known = this.#lots.get(lot);
    if (known) known.free += units;
  }
}

import type { Quota, UnitsInUse } from '../../domain/rules/quota.ts';
import { overQuota, type OverQuota } from '../../domain/rules/quota-headroom.ts';
import { type LotUnits, splitUnits, sumOf, unitsOfLot, withoutUnits, withUnits } from '../../domain/lots.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { StepInputs, StepResults } from '../../domain/steps.ts';
import type { ScenarioLot } from '../../edge/scenario.ts';
import { LedgerFault } from './ledger-fault.ts';
import { Lots } from './lots.ts';
import { Waitlist, type Waits } from './waitlist.ts';

interface Reservation {
  readonly orderId: string;
  /** What has not left. */
  lots: readonly LotUnits[];
  state: 'reserved' | 'shipped' | 'released';
}
interface Shipment {
  readonly of: string;
  readonly lots: readonly LotUnits[];
  state: 'left' | 'never-left' | 'returned';
  /** The step that set it apart. */
  returnedBy?: string;
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
  readonly #lots = new Lots();
  readonly #reservations = new Map<string, Reservation>();
  readonly #shipments = new Map<string, Shipment>();
  /** Calls that were refused over a quota. */
  /** What was answered to who asked for other units in place of those that failed. */
  readonly #replacements = new Map<string, StepResults['replace-units']>();
  readonly #refusals = new Map<string, OverQuota>();
  /** By order: whose units quotas count. */
  readonly #customers = new Map<string, string>();

  /** An order is submitted. */
  claim({ id, customer }: Pick<OrderTerms, 'id' | 'customer'>): void {
    this.#customers.set(id, customer);
  }

  receive(lot: ScenarioLot, at: number): void {
    this.#lots.receive(lot, at);
    this.#serve(lot.product, at);
  }

  /** When the next lot opens that has not; undefined where all have. */
  get nextOpening(): number | undefined {
    return this.#lots.nextOpening;
  }

  /** Opens the lots whose day has come, and gives them to those who wait. */
  open(at: number): void {
    for (let product = this.#lots.openNext(at); product !== undefined; product = this.#lots.openNext(at)) this.#serve(product, at);
  }

  /** All units or none, from the lots open at `at` and within quotas; who gets none waits. What has been set aside for an order it gets by its next call. */
  reserve(wanted: Wanted): StepResults['reserve-stock'] {
    const { key, orderId, product, units, customerClass, quotas, at } = wanted;
    const customer = this.#customers.get(orderId);
    const made = this.#madeOrTaken(wanted) ?? this.#refusedOver(wanted);
    if (made) return made;
    this.waitlist.join({ key, orderId, product, units, customerClass, since: at, ...(quotas && { quotas }), ...(customer !== undefined && { customer }) });
    this.#serve(product, at);
    return this.#madeOrTaken(wanted) ?? { outcome: 'short', free: this.#lots.freeAt(product, at), ...this.waitlist.placeOf(orderId, product, at) };
  }

  /** How many units are reserved under a key. */
  reservedUnder(key: string): number {
    const reservation = this.#reservations.get(key);
    return reservation?.state === 'reserved' ? sumOf(reservation.lots) : 0;
  }

  /** Keeps so many units of a reservation, the first lots by name, and gives the others to those who wait. */
  keep(key: string, units: number, at: number): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.state !== 'reserved') return;
    const { first: kept, others: back } = splitUnits(reservation.lots, units);
    reservation.lots = kept;
    this.#freeAll(back, at);
  }

  /** Whether a shipment was made. */
  isShipped(key: string): boolean {
    const state = this.#shipments.get(key)?.state;
    if (state === 'never-left')
      throw new LedgerFault(`shipment ${key} never left, as a person has settled, and its units are stock again: goods that leave now need a key of their own`);
    return state !== undefined;
  }

  /** How many units of a reservation would leave, of so many or of all, and whether none stays reserved then. */
  leaving(reservationKey: string, units: number | undefined): { readonly units: number; readonly isLast: boolean } {
    if (this.#reservations.get(reservationKey)?.state !== 'reserved')
      throw new LedgerFault(`reservation ${reservationKey} is not reserved: its units cannot become shipped`);
    const reserved = this.reservedUnder(reservationKey);
    if (reserved < (units ?? 1)) throw new LedgerFault(`reservation ${reservationKey} has ${reserved} units reserved, and ${units ?? 'all'} are to leave`);
    return { units: units ?? reserved, isLast: (units ?? reserved) === reserved };
  }

  /** Ships so many units of a reservation that has them, the first lots by name. */
  ship(key: string, reservationKey: string, units: number): void {
    const reservation = this.#reservations.get(reservationKey);
    if (!reservation) throw new Error(`reservation ${reservationKey} was never made: ask what would leave first`);
    const { first: gone, others: kept } = splitUnits(reservation.lots, units);
    reservation.lots = kept;
    if (kept.length === 0) reservation.state = 'shipped';
    this.#shipments.set(key, { of: reservationKey, lots: gone, state: 'left' });
  }

  /** Sets the units of a shipment apart that customs sent back, once by the key of its step; answers how many. */
  quarantineReturn({ key, orderId }: Pick<Wanted, 'key' | 'orderId'>, shipmentKey: string): number {
    const shipment = this.#shipments.get(shipmentKey);
    if (!shipment) throw new LedgerFault(`order ${orderId} has no shipment ${shipmentKey} in the ledger: only goods that have left come back`);
    if (shipment.state === 'left') Object.assign(shipment, { state: 'returned', returnedBy: key });
    const { returnedBy } = shipment;
    if (returnedBy !== key)
      throw new LedgerFault(
        `shipment ${shipmentKey} ${returnedBy ? `came back by ${returnedBy}` : 'never left, as a person has settled'}: it does not come back`,
      );
    return sumOf(shipment.lots);
  }

  /** Sets units of a reservation apart, and reserves others in their place as far as some are free; once by the key of its step. No lot has serial numbers here. */
  replace({ key, at }: Pick<Wanted, 'key' | 'at'>, { reservationKey, lot, units, serials }: StepInputs['replace-units']): StepResults['replace-units'] {
    const made = this.#replacements.get(key);
    if (made) return made;
    const reservation = this.#reservations.get(reservationKey);
    if (reservation?.state !== 'reserved')
      throw new LedgerFault(`reservation ${reservationKey} is ${reservation?.state ?? 'not in the ledger'}; expected one that is reserved`);
    const product = this.#lots.productOf(lot);
    if (product === undefined) throw new LedgerFault(`lot ${lot} is not in the ledger; twokey stock show names those that are`);
    if (serials !== undefined) throw new LedgerFault(`lot ${lot} has not ${serials} in one range; its serial numbers are not known: say how many units`);
    if (unitsOfLot(reservation.lots, lot) < units) throw new LedgerFault(`reservation ${reservationKey} has not ${units} units of lot ${lot}`);
    const replaced = this.#lots.take(product, units, at);
    reservation.lots = withUnits(withoutUnits(reservation.lots, { lot, units }), replaced);
    const answer = { replaced, missing: units - sumOf(replaced) };
    this.#replacements.set(key, answer);
    return answer;
  }

  /** Units that came back: none where nothing was reserved, or all came back before. What has left, by the keys of its shipments, stays so. The order waits no longer. */
  release(key: string, orderId: string, at: number, left: readonly string[] = []): number {
    const called = this.waitlist.leave(orderId);
    if (called && called.key !== key) this.#giveBack(called.key, orderId, [], at);
    return this.#giveBack(key, orderId, left, at);
  }

  /** The shipments of a reservation that never left after all. */
  neverLeft(reservationKey: string): readonly string[] {
    return [...this.#shipments].filter(([, { of, state }]) => of === reservationKey && state === 'never-left').map(([key]) => key);
  }

  #madeOrTaken(wanted: Wanted): StepResults['reserve-stock'] | undefined {
    const over = this.#refusals.get(wanted.key);
    if (over) return { outcome: 'over-quota', ...over };
    const made = this.#reservations.get(wanted.key);
    if (made?.state === 'released') throw new LedgerFault(`reservation ${wanted.key} was released: it cannot be made again`);
    const taken = this.#takeCalled(wanted);
    return taken ?? (made && { outcome: 'reserved', lots: this.#everOf(wanted.key) });
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
    const held = [...this.#reservations.values()].filter(({ state }) => state !== 'released');
    const left = [...this.#shipments.values()].filter(({ state }) => state === 'left');
    const ordersOf = left.map(({ of, lots }) => ({ orderId: this.#reservations.get(of)?.orderId ?? '', lots }));
    return [...held, ...ordersOf].flatMap(({ orderId, lots }) => {
      const customer = this.#customers.get(orderId);
      return customer === undefined ? [] : lots.map(({ lot, units }) => ({ customer, product: this.#lots.productOf(lot) ?? '', units }));
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
    return { outcome: 'reserved', lots: this.#everOf(key) };
  }

  #serve(product: string, at: number): void {
    for (const { one, over } of this.waitlist.call(product, this.#lots.freeAt(product, at), at, () => this.#inUse())) {
      if (over) this.#refusals.set(one.key, over);
      else this.#setAside(one, at);
    }
  }

  /** What was reserved under a key, that which has left with it. */
  #everOf(key: string): readonly LotUnits[] {
    const shipped = [...this.#shipments.values()].filter(({ of }) => of === key);
    const had = [...(this.#reservations.get(key)?.lots ?? []), ...shipped.flatMap(({ lots }) => lots)];
    if (had.length === 0) throw new LedgerFault(`reservation ${key} has lost all its units: what is reserved anew needs a key of its own`);
    const names = [...new Set(had.map(({ lot }) => lot))].toSorted();
    return names.map((lot) => ({ lot, units: sumOf(had.filter((one) => one.lot === lot)) }));
  }

  /** Once all are free, who waits for them is served. */
  #freeAll(lots: readonly LotUnits[], at: number): void {
    for (const product of this.#lots.giveBack(lots)) this.#serve(product, at);
  }

  #setAside({ key, orderId, product, units }: Waits, at: number): void {
    this.#reservations.set(key, { orderId, lots: this.#lots.take(product, units, at), state: 'reserved' });
  }

  #giveBack(key: string, orderId: string, left: readonly string[], at: number): number {
    const undone = [...this.#shipments].filter(([shipment, { of, state }]) => of === key && state === 'left' && !left.includes(shipment));
    for (const [, shipment] of undone) shipment.state = 'never-left';
    const back = [...(this.#reservations.get(key)?.lots ?? []), ...undone.flatMap(([, { lots }]) => lots)];
    this.#reservations.set(key, { orderId, lots: [], state: 'released' });
    this.#freeAll(back, at);
    return sumOf(back);
  }
}

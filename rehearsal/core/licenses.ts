import type { FoundLicense, LicenseBalances, LicenseDraw, LicenseFault, LicenseNeed, LicenseToRecord } from '../../domain/license.ts';
import type { StepResults } from '../../domain/steps.ts';
import { dayIn, washington } from '../../edge/zones.ts';
import type { StoryLicenseChange } from '../../edge/scenario.ts';
import type { NotTaken } from '../theatre.ts';
import { LedgerFault } from './ledger-fault.ts';

interface License {
  readonly number: string;
  /** The order that it was issued to. */
  readonly orderId: string;
  /** All that it says, so that the same number for another license is found. */
  readonly content: string;
  readonly covers: string;
  readonly conditions: readonly string[];
  readonly issued: string;
  readonly expires: string | null;
  status: 'live' | 'suspended' | 'revoked';
  free: number;
  valueFree: number;
}
interface Reservation {
  readonly license: License | undefined;
  state: 'reserved' | 'used' | 'released' | 'lost';
  units: number;
  value: number;
}
interface Wanted {
  readonly key: string;
  readonly orderId: string;
  readonly at: number;
}
type Need = LicenseNeed & { readonly product: string; readonly units: number };

const coverOf = ({ customer, product, endUse, currency }: Omit<Need, 'units' | 'valueMinor'>): string => JSON.stringify([customer, product, endUse, currency]);
const dayOf = (at: number): string => dayIn(washington, at);

/** The ledger's licenses as a model in memory: the same rules, told once more without a database or a journal. */
export class Licenses {
  readonly #licenses = new Map<string, License>();
  /** In the order in which they were made. */
  readonly #reservations = new Map<string, Reservation>();
  readonly #uses = new Map<
    string,
    { readonly license: License; readonly units: number; readonly value: number; readonly before: number; isTakenBack: boolean }
  >();

  /** The license that covers an order, with what it needs of it set aside; of those with enough left the one that expires first. */
  cover({ key, at }: Wanted, need: Need): FoundLicense | undefined {
    const made = this.#reservations.get(key);
    if (made) return made.license && found(made.license);
    const on = dayOf(at);
    const live = [...this.#licenses.values()]
      .filter((one) => one.covers === coverOf(need) && faultOf(one, on) === undefined && one.issued <= on)
      .toSorted((a, b) => compare(a.expires ?? '9999', b.expires ?? '9999') || compare(a.number, b.number));
    const license = live.find((one) => one.free >= need.units && one.valueFree >= need.valueMinor);
    if (license) this.#reserve(license, key, need.units, need.valueMinor);
    return license && found(license);
  }

  /** Records a license that was issued, all of it set aside for its order. Throws where the number stands for another. */
  record({ key, orderId }: Wanted, number: string, conditions: readonly string[], { givenBack, stockKey: _stockKey, ...record }: LicenseToRecord): void {
    const content = JSON.stringify([orderId, record]);
    const before = this.#licenses.get(number);
    if (before && before.content !== content)
      throw new LedgerFault(`license ${number} was recorded before with other content: revise it, or give the new one its own number`);
    for (const other of givenBack) this.giveBack(other);
    if (before) return;
    const { units, valueMinor, expires, issuedAt } = record;
    const license: License = {
      ...{ number, orderId, content, covers: coverOf(record), conditions, issued: dayOf(issuedAt), expires },
      ...{ status: 'live', free: units, valueFree: valueMinor },
    };
    this.#licenses.set(number, license);
    if (!this.#reservations.has(key)) this.#reserve(license, key, units, valueMinor);
  }

  /** Takes a shipment off its license, or answers why the license does not carry it. Throws where the order holds nothing of it. */
  use({ key, orderId, at }: Wanted, draw: LicenseDraw): Extract<StepResults['ship'], { outcome: 'license-refused' }> | undefined {
    const { number, reservationKey, units, valueMinor } = draw;
    const license = this.#theLicense(number);
    const reservation = this.#reservations.get(reservationKey);
    if (reservation?.license !== license || reservation.state === 'released')
      throw new LedgerFault(`license reservation ${reservationKey} is not held by order ${orderId} on license ${number}: reserve before it ships`);
    const [available, money] = [license.free + reservation.units, license.valueFree + reservation.value];
    const code = faultOf(license, dayOf(at)) ?? (units > available || valueMinor > money ? 'license-balance' : undefined);
    if (code) return { outcome: 'license-refused', code, licenseNumber: number, available };
    this.#uses.set(key, { license, units, value: valueMinor, before: license.free + this.#setAside(license), isTakenBack: false });
    const reserved = Math.min(units, reservation.units);
    // With its last unit a reservation gives back the money that it set aside in excess.
    const value = reserved === reservation.units ? reservation.value : Math.min(valueMinor, reservation.value);
    [license.free, license.valueFree] = [license.free + reserved - units, license.valueFree + value - valueMinor];
    [reservation.units, reservation.value] = [reservation.units - reserved, reservation.value - value];
    if (reserved > 0 && reservation.units === 0) reservation.state = 'used';
    return undefined;
  }

  /** What a license had before the shipment of this key and after it; undefined where it left on none. */
  balancesOf(key: string): LicenseBalances | undefined {
    const use = this.#uses.get(key);
    return use && { before: use.before, after: use.before - use.units };
  }

  #setAside(license: License): number {
    const held = [...this.#reservations.values()].filter((one) => one.license === license && one.state === 'reserved');
    return held.reduce((sum, { units }) => sum + units, 0);
  }

  /** Gives back what an order has set aside, and keeps it from setting it aside later. */
  release(key: string): void {
    this.giveBack(key);
    if (!this.#reservations.has(key)) this.#reservations.set(key, { license: undefined, state: 'released', units: 0, value: 0 });
  }

  /** Gives back what an order has set aside, where it has. */
  giveBack(key: string): void {
    const reservation = this.#reservations.get(key);
    if (reservation?.license && reservation.state === 'reserved') lose(reservation.license, reservation, 'released');
  }

  /** Takes the use of a shipment that never left back. */
  takeBack(key: string): void {
    const use = this.#uses.get(key);
    if (!use || use.isTakenBack) return;
    use.isTakenBack = true;
    if (use.license.status !== 'revoked') use.license.free += use.units;
    use.license.valueFree += use.value;
  }

  /** Makes a license of an order void that was recorded by mistake; whether the order has one of this number. */
  void(orderId: string, number: string): boolean {
    const license = this.#licenses.get(number);
    if (license?.orderId !== orderId) return false;
    if (license.status !== 'revoked') this.#revoke(license, undefined);
    return true;
  }

  /** What Commerce does to a license; of one that is revoked, or more than is left, why it is not taken. */
  change({ number, change, units, reason: _reason }: StoryLicenseChange): NotTaken | undefined {
    const license = this.#theLicense(number);
    const refuse = (code: string): NotTaken => ({ code, message: `license ${number} is ${license.status}: it cannot be ${change}` });
    if (license.status === 'revoked') return refuse('license-revoked');
    if (change === 'suspended') {
      if (license.status === 'suspended') return refuse('license-suspended');
      license.status = 'suspended';
    } else if (change === 'reinstated') {
      if (license.status !== 'suspended') return refuse('not-suspended');
      license.status = 'live';
    } else return this.#revoke(license, units) ? undefined : refuse('units-used');
    return undefined;
  }

  /** The newest reservations give way, each as a whole. */
  #revoke(license: License, units: number | undefined): boolean {
    const held = [...this.#reservations.values()].filter((one) => one.license === license && one.state === 'reserved').toReversed();
    const unused = license.free + held.reduce((sum, one) => sum + one.units, 0);
    const wanted = units ?? unused;
    if (wanted > unused) return false;
    for (const one of held) if (units === undefined || license.free < wanted) lose(license, one, 'lost');
    license.free -= wanted;
    if (units === undefined) license.status = 'revoked';
    return true;
  }

  #reserve(license: License, key: string, units: number, value: number): void {
    license.free -= units;
    license.valueFree -= value;
    this.#reservations.set(key, { license, state: 'reserved', units, value });
  }

  #theLicense(number: string): License {
    const license = this.#licenses.get(number);
    if (!license) throw new LedgerFault(`license ${number} is not in the ledger: record it when it is issued`);
    return license;
  }
}

function lose(license: License, reservation: Reservation, state: 'released' | 'lost'): void {
  license.free += reservation.units;
  license.valueFree += reservation.value;
  Object.assign(reservation, { state, units: 0, value: 0 });
}

function faultOf({ status, expires }: License, on: string): LicenseFault | undefined {
  if (status !== 'live') return `license-${status}`;
  return expires !== null && expires < on ? 'license-expired' : undefined;
}

const found = ({ number, expires, conditions }: License): FoundLicense => ({ number, ...(expires !== null && { expires }), conditions });
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

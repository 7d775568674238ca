/** A license that was issued on another order and covers this one too, with the conditions that come with it. */
export interface FoundLicense {
  readonly number: string;
  /** The last calendar day on which it is good, YYYY-MM-DD; without it, none is named. */
  readonly expires?: string;
  readonly conditions: readonly string[];
}

/** Units of a license that were neither used nor revoked, before a shipment and after it. */
export interface LicenseBalances {
  readonly before: number;
  readonly after: number;
}

/** Why a license does not carry a shipment. */
export const licenseFaults = ['license-balance', 'license-expired', 'license-suspended', 'license-revoked'] as const;
export type LicenseFault = (typeof licenseFaults)[number];

/** What an order needs a license for, beside its product and units. */
export interface LicenseNeed {
  readonly customer: string;
  readonly endUse: string;
  readonly currency: string;
  /** The price of all units in minor units of the currency. */
  readonly valueMinor: number;
}

/** A license as the ledger records it, once for the order that it was issued to, which draws on it first. */
export interface LicenseToRecord extends LicenseNeed {
  readonly product: string;
  readonly units: number;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  /** The last calendar day on which it is good, YYYY-MM-DD; null where it names none. */
  readonly expires: string | null;
  /** The order's stock: units in excess of the license go back. */
  readonly stockKey: string;
  /** What the order has set aside on other licenses, and needs no more. */
  readonly givenBack: readonly string[];
  /** Of an order that was imported with its license: what had left under it by then, which counts beside `units`. */
  readonly usedBefore?: { readonly units: number; readonly valueMinor: number };
}

/** A shipment under a license, as the ledger takes it off. */
export interface LicenseDraw {
  readonly number: string;
  readonly reservationKey: string;
  readonly units: number;
  /** In minor units of the license's currency. */
  readonly valueMinor: number;
}

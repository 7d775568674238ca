import type { EligibilityRow, ProductSpec } from './product.ts';
import type { Range } from './range.ts';
import type { PooledQuota } from './rules/quota.ts';
import type { ShippingRules } from './shipping.ts';
import type { Zone } from './zone.ts';

/** The rules' numbers, pinned to the order as data when it is submitted. `edition` says which released rules (code) read them. */
export type Policy = PolicyOfEdition1 | PolicyOfEdition2;

/** What orders pinned until release 0.3. */
export interface PolicyOfEdition1 {
  readonly id: string;
  readonly edition: 1;
  /** Accountable milliseconds that each agency has for its position. */
  readonly opinionMs: number;
  /** The levy on invoiced revenue in basis points; 2500 is 25 %. */
  readonly levyBasisPoints: number;
}

/** A policy as it applies to one order: its rules, and what was known of the ordered product when the order was submitted. */
export interface PolicyOfEdition2 {
  readonly id: string;
  readonly edition: 2;
  readonly review: ReviewRules;
  readonly license: LicenseRules;
  /** Whether Commerce vets each customer before an order of theirs takes stock. */
  readonly customers: 'vetted-by-commerce' | 'not-vetted';
  readonly eligibility: readonly EligibilityRow[];
  readonly levy: LevyRules;
  readonly product: ProductSpec;
  /** Caps beyond one order that limit the product, those that can be told; there where the policy has some. */
  readonly quotas?: readonly PooledQuota[];
  /** What each wave needs before and after it leaves; not there where the order was submitted before policies told it. */
  readonly shipping?: ShippingRules;
}

/** The interagency review. Durations in accountable milliseconds; `null` where the policy knows no such limit. */
export interface ReviewRules {
  /** What each agency has from referral. */
  readonly opinionMs: number;
  /** Within this time from referral a question stops the asker's clock and the total; later ones are recorded and stop nothing. */
  readonly questionMs: number | null;
  /** In all, from registration; when it is reached people are told, and nothing is decided. */
  readonly limitMs: number | null;
  /** `exact`: to the millisecond; `day-end`: to the end of the last day in the authority's zone, day 0 being the one on which the clock starts. */
  readonly day: { readonly reading: 'exact' } | { readonly reading: 'day-end'; readonly zone: Zone };
  /** `opaque`: agencies' positions are not shown to the desk; the outcome comes from Commerce alone. */
  readonly agencyPositions: 'visible' | 'opaque';
  readonly disagreement: { readonly goesTo: 'president' } | EscalationLadder;
  readonly intentToDeny: { readonly respondMs: number; readonly finalMs: number } | null;
  /** How long a denial may be appealed after it has become final; the appeal suspends nothing. */
  readonly appealMs: number | null;
  readonly filing: FilingRules;
}

/** EO 12981 as amended: each step only if an agency that dissents appeals. */
export interface EscalationLadder {
  readonly goesTo: 'oc-chair';
  readonly chairMs: number;
  readonly appealMs: number;
  /** The Advisory Committee on Export Policy. */
  readonly acepMs: number;
  /** The Export Administration Review Board. */
  readonly earbMs: number;
}

interface FilingRules {
  /** What the exporter certifies by two people before filing; empty where the policy asks for nothing. */
  readonly certifications: readonly string[];
  /** Whether the Chinese end-user statement is needed before filing. */
  readonly endUserStatement: 'needed' | 'not-needed';
}

interface LicenseRules {
  /** Calendar months for which a license is good that names no day of its own; `null` where the sources leave it open. */
  readonly validMonths: number | null;
}

/** A share of the sale or a duty, as data. */
export interface LevyRules {
  readonly base: 'invoiced-revenue' | 'entered-value';
  readonly payer: 'seller' | 'importer-of-record';
  /** Who bears it in the price; `unknown` where the sources leave it open. */
  readonly borneBy: 'seller' | 'buyer' | 'unknown';
  /** `on-invoice`: accrues with the sale and is remitted after it, never a gate; `on-entry`: paid before the test in the US, and sunk. */
  readonly trigger: 'on-invoice' | 'on-entry';
  readonly refundable: 'yes' | 'no' | 'unknown';
  /** The first band that the product lies in; outside all of them the rate is 0. */
  readonly bands: readonly LevyBand[];
  /** Uses that are exempt, in the words of the source; shown, decide nothing: none of them is an export to China. */
  readonly exemptions: readonly string[];
}

export interface LevyBand {
  readonly name: string;
  readonly tpp?: Range;
  /** Total DRAM bandwidth in GB/s. */
  readonly bandwidth?: Range;
  /** 2500 is 25 %. */
  readonly basisPoints: number;
}

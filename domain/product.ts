import type { Range } from './range.ts';

/** What is known of a product when an order for it is submitted. */
export interface ProductSpec {
  readonly code: string;
  readonly maker: string;
  /** Total processing performance, 15 CFR 774 Supp. 1, ECCN 3A090 note; `unknown` where no source gives it or sources contradict each other. */
  readonly tpp: number | 'unknown';
  /** Total DRAM bandwidth in GB/s. */
  readonly bandwidth: number | 'unknown';
  readonly memoryGb: number | 'unknown';
  /** How sure the figures are: read in a source, worked out from one, remembered, or contradictory. */
  readonly certainty: 'verified' | 'derived' | 'memory' | 'conflict';
}

/** How an application for a product is looked at. */
export const routes = ['case-by-case', 'presumption-of-denial', 'no-license-required', 'needs-ruling'] as const;
export type Route = (typeof routes)[number];

/** One row of a policy's eligibility table: products by name, or by what they can do. The first row that matches wins. */
export interface EligibilityRow {
  readonly name: string;
  /** Product codes; a row without them is about every product. */
  readonly products?: readonly string[];
  readonly tpp?: Range;
  /** Total DRAM bandwidth in GB/s. */
  readonly bandwidth?: Range;
  readonly route: Route;
}

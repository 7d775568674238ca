import type { LevyRules } from '../../../domain/policy.ts';
import type { EligibilityRow, ProductSpec } from '../../../domain/product.ts';

/** The rule of January 2026 as 91 FR 1684 and the customs message on the proclamation have it, written down a second time for the tests. */
export const januaryRows: readonly EligibilityRow[] = [
  { name: 'below both limits', tpp: { below: 21_000 }, bandwidth: { below: 6_500 }, route: 'case-by-case' },
  { name: 'anything else', route: 'presumption-of-denial' },
];

export const januaryLevy: LevyRules = {
  base: 'entered-value',
  payer: 'importer-of-record',
  borneBy: 'unknown',
  trigger: 'on-entry',
  refundable: 'no',
  bands: [
    { name: 'band 1', tpp: { above: 14_000, below: 17_500 }, bandwidth: { above: 4_500, below: 5_000 }, basisPoints: 2_500 },
    { name: 'band 2', tpp: { above: 20_800, below: 21_100 }, bandwidth: { above: 5_800, below: 6_200 }, basisPoints: 2_500 },
  ],
  exemptions: ['data centers in the United States'],
};

export const product = (changes: Partial<ProductSpec> = {}): ProductSpec => ({
  code: 'H200',
  maker: 'Nvidia',
  tpp: 15_832,
  bandwidth: 4_800,
  memoryGb: 141,
  certainty: 'verified',
  ...changes,
});

/** Figures of the fact sheet, written down a second time. */
export const chips = {
  H200: product(),
  H100: product({ code: 'H100', bandwidth: 3_350, memoryGb: 80 }),
  MI300X: product({ code: 'MI300X', maker: 'AMD', tpp: 20_900, bandwidth: 5_300, memoryGb: 192, certainty: 'derived' }),
  MI325X: product({ code: 'MI325X', maker: 'AMD', tpp: 20_900, bandwidth: 6_000, memoryGb: 256, certainty: 'memory' }),
  B30A: product({ code: 'B30A', tpp: 30_000, bandwidth: 4_000, memoryGb: 144, certainty: 'memory' }),
  Gaudi3: product({ code: 'Gaudi3', maker: 'Intel', tpp: 'unknown', bandwidth: 3_700, memoryGb: 128, certainty: 'conflict' }),
};

import type { Levy } from '../domain/rules/levy.ts';

/** A levy as scripts read it: its rate as a share, 0.25 for 25 %. */
export interface ShownLevy extends Omit<Levy, 'basisPoints'> {
  readonly rate: number | 'unknown';
}

export const shownLevy = ({ basisPoints, ...levy }: Levy): ShownLevy => ({ rate: basisPoints === 'unknown' ? 'unknown' : basisPoints / 10_000, ...levy });

const bases = { 'invoiced-revenue': 'invoiced revenue', 'entered-value': 'the entered value' } as const;
const triggers = { 'on-invoice': 'after the sale, when it is invoiced', 'on-entry': 'on entry into the United States' } as const;
const returns = { yes: 'refundable', no: 'not refundable', unknown: 'whether it is refundable is not known' } as const;

/** What a levy is, from whom and when, for a person. */
export function levyLines({ basisPoints, band, base, payer, borneBy, trigger, refundable }: Levy): string[] {
  const rate = basisPoints === 'unknown' ? 'a rate that is not known, since figures of the product are not,' : `${basisPoints / 100} %`;
  const price = borneBy === 'unknown' ? 'who bears it in the price is not known' : `the ${borneBy} bears it in the price`;
  return [
    `levy ${rate} of ${bases[base]}${band === null ? '' : `, ${band}`}`,
    ...(basisPoints === 0 ? [] : [`  paid by the ${payer.replaceAll('-', ' ')} ${triggers[trigger]}`, `  ${returns[refundable]}; ${price}`]),
  ];
}

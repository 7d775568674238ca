import type { RefusalCode } from '../refusal.ts';

/** What an amendment changes; `site` is the place of use, which stands in the papers and not in the order's terms. */
export const amendable = ['units', 'price', 'product', 'customer', 'end-use', 'site'] as const;
export type Amendable = (typeof amendable)[number];

/** How far the order has come, as far as amendments tell it apart. */
export type Progress = 'before-license' | 'licensed' | 'exported';

interface AmendmentRow {
  readonly name: string;
  readonly when: (progress: Progress, change: Amendable, isMore: boolean) => boolean;
  readonly then: 'recorded' | 'shortened' | 'repriced' | { readonly code: RefusalCode; readonly accepted: string };
}

/**
 * What becomes of an amendment; the first row that matches wins, the last matches all. What changes the authorization asks for a new one: before
 * the license the application is withdrawn and filed from zero, after it a replacement application is filed (15 CFR 750.7(c)).
 */
export const amendmentTable: readonly AmendmentRow[] = [
  { name: 'after export', when: (progress) => progress === 'exported', then: 'recorded' },
  { name: 'fewer units: no new review, the excess is released', when: (_progress, change, isMore) => change === 'units' && !isMore, then: 'shortened' },
  {
    name: 'more units: a new line with its own authorization',
    when: (_progress, change) => change === 'units',
    then: { code: 'new-line-needed', accepted: 'a new order for the units to be added, with `replaces` left out' },
  },
  { name: 'price: the value that the license allows is looked at again when goods leave', when: (_progress, change) => change === 'price', then: 'repriced' },
  {
    name: 'product, party, end use or site before the license: withdrawn and filed from zero',
    when: (progress) => progress === 'before-license',
    then: { code: 'replacement-needed', accepted: 'cancel, which withdraws the application, and a new order that names this one in `replaces`' },
  },
  {
    name: 'product, party, end use or site after the license: a replacement application',
    when: () => true,
    then: { code: 'replacement-needed', accepted: 'a new order that names this one in `replaces`; this one is cancelled once that one is licensed' },
  },
];

/** The row that decides on an amendment; `isMore` where a number is to rise. */
export function amendmentRow(progress: Progress, change: Amendable, isMore: boolean): AmendmentRow {
  const row = amendmentTable.find(({ when }) => when(progress, change, isMore));
  if (!row) throw new Error('the last row of amendmentTable must match all');
  return row;
}

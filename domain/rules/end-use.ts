/** What a government says of an end use; `unknown` where no source tells. */
export type EndUseVerdict = 'open' | 'case-by-case' | 'barred' | 'unknown';

/** What one government says of an end use beside what the other does. */
export interface EndUseVerdicts {
  readonly us: EndUseVerdict;
  readonly china: EndUseVerdict;
}

export type EndUseFinding = 'barred-by-both' | 'barred-by-us-alone' | 'barred-by-china-alone' | 'not-known' | 'case-by-case' | 'open-to-both';

interface Row {
  readonly name: string;
  readonly when: (verdicts: EndUseVerdicts) => boolean;
  readonly then: EndUseFinding;
  /** Whether the two sides want the opposite of each other: an order may then please one of them only. */
  readonly isConflict: boolean;
}

const eitherIs = (verdict: EndUseVerdict) => (all: EndUseVerdicts) => all.us === verdict || all.china === verdict;

/** What both sides together say of an end use; the first row that matches wins, the last matches all. Said at intake, before months are lost. */
export const endUseTable: readonly Row[] = [
  { name: 'both bar it', when: ({ us, china }) => us === 'barred' && china === 'barred', then: 'barred-by-both', isConflict: false },
  // A side of which nothing is known contradicts nobody.
  {
    name: 'one bars it, of the other nothing is known',
    when: (all) => eitherIs('barred')(all) && eitherIs('unknown')(all),
    then: 'not-known',
    isConflict: false,
  },
  { name: 'the United States bar it, China does not', when: ({ us }) => us === 'barred', then: 'barred-by-us-alone', isConflict: true },
  { name: 'China bars it, the United States do not', when: ({ china }) => china === 'barred', then: 'barred-by-china-alone', isConflict: true },
  { name: 'of one or both nothing is known, and neither bars it', when: eitherIs('unknown'), then: 'not-known', isConflict: false },
  { name: 'one or both look at each case', when: eitherIs('case-by-case'), then: 'case-by-case', isConflict: false },
  { name: 'it is open to both', when: () => true, then: 'open-to-both', isConflict: false },
];

/** The row of `endUseTable` for what both sides say. */
export function endUseFinding(verdicts: EndUseVerdicts): Omit<Row, 'when'> {
  const row = endUseTable.find((one) => one.when(verdicts));
  if (!row) throw new Error('the last row of endUseTable must match all');
  const { when: _when, ...found } = row;
  return found;
}

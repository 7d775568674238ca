import fc from 'fast-check';

/** So many orders of two customers want units of one product. */
export const orders = 6;

/** What may come to stock. */
export type Move =
  | { readonly does: 'receive'; readonly units: number; readonly opensIn: number | undefined }
  | { readonly does: 'ask' | 'release'; readonly order: number }
  | { readonly does: 'keep'; readonly order: number; readonly units: number }
  | { readonly does: 'ship'; readonly order: number; readonly units: number | undefined; readonly isAgain: boolean }
  | { readonly does: 'replace'; readonly order: number; readonly lot: number; readonly units: number; readonly isAgain: boolean }
  | { readonly does: 'return'; readonly order: number; readonly wave: number }
  | { readonly does: 'release the rest'; readonly order: number; readonly left: readonly number[] }
  | { readonly does: 'tell' };

const order = fc.nat({ max: orders - 1 });
export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('receive' as const),
      units: fc.integer({ min: 1, max: 30 }),
      opensIn: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('ask' as const), order }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('release' as const), order }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('keep' as const), order, units: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('ship' as const),
      order,
      units: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
      isAgain: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('replace' as const),
      order,
      lot: fc.integer({ min: 1, max: 3 }),
      units: fc.integer({ min: 1, max: 6 }),
      isAgain: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('return' as const), order, wave: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('release the rest' as const), order, left: fc.subarray([0, 1, 2]) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('tell' as const) }) },
);

/** One order that comes to everything: a part leaves twice, one comes back, one never left, the rest is given back. */
export const everything: Move[] = [
  { does: 'receive', units: 30, opensIn: undefined },
  { does: 'ask', order: 5 },
  { does: 'ask', order: 4 },
  { does: 'ship', order: 5, units: 4, isAgain: false },
  { does: 'ship', order: 5, units: 4, isAgain: true },
  { does: 'ship', order: 5, units: 6, isAgain: false },
  { does: 'ask', order: 5 },
  { does: 'ship', order: 5, units: 5, isAgain: false },
  { does: 'ship', order: 5, units: 12, isAgain: false },
  { does: 'return', order: 5, wave: 1 },
  { does: 'return', order: 5, wave: 1 },
  { does: 'return', order: 0, wave: 1 },
  { does: 'release the rest', order: 5, left: [0, 1] },
  { does: 'release the rest', order: 5, left: [0, 1] },
  { does: 'return', order: 5, wave: 2 },
  { does: 'ship', order: 5, units: 1, isAgain: false },
  { does: 'ask', order: 5 },
  { does: 'ask', order: 4 },
  { does: 'ship', order: 4, units: undefined, isAgain: false },
];

/** Units that fail are replaced as far as stock has some, of one lot and then of another, once by their key. */
export const failing: Move[] = [
  { does: 'receive', units: 27, opensIn: undefined },
  { does: 'ask', order: 5 },
  { does: 'receive', units: 3, opensIn: undefined },
  { does: 'replace', order: 5, lot: 1, units: 4, isAgain: false },
  { does: 'replace', order: 5, lot: 1, units: 4, isAgain: true },
  { does: 'replace', order: 5, lot: 2, units: 6, isAgain: false },
  { does: 'replace', order: 5, lot: 2, units: 2, isAgain: false },
  { does: 'replace', order: 5, lot: 3, units: 2, isAgain: false },
  { does: 'replace', order: 0, lot: 1, units: 2, isAgain: false },
  { does: 'ship', order: 5, units: undefined, isAgain: false },
  { does: 'replace', order: 5, lot: 1, units: 1, isAgain: false },
];

/** The order that keeps no cap takes most of what its customer may have. */
export const overCap: Move[] = [
  { does: 'receive', units: 60, opensIn: undefined },
  { does: 'ask', order: 5 },
  { does: 'ask', order: 3 },
];

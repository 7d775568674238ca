import { z } from 'zod';
import type { Policy } from '../domain/policy.ts';
import { routes } from '../domain/product.ts';
import { paperActs } from '../domain/shipping.ts';

const whole = z.int().min(0);
const text = z.string();
const figure = z.union([whole, z.literal('unknown')]);
const range = z.strictObject({ above: whole.exactOptional(), from: whole.exactOptional(), below: whole.exactOptional() }).exactOptional();
const ranges = { tpp: range, bandwidth: range };

const zone = z.strictObject({ name: text, offsets: z.array(z.strictObject({ from: z.int(), minutes: z.int() })).min(1) });
const ladder = { chairMs: whole, appealMs: whole, acepMs: whole, earbMs: whole };

const review = z.strictObject({
  opinionMs: whole,
  questionMs: whole.nullable(),
  limitMs: whole.nullable(),
  day: z.discriminatedUnion('reading', [z.strictObject({ reading: z.literal('exact') }), z.strictObject({ reading: z.literal('day-end'), zone })]),
  agencyPositions: z.enum(['visible', 'opaque']),
  disagreement: z.discriminatedUnion('goesTo', [
    z.strictObject({ goesTo: z.literal('president') }),
    z.strictObject({ goesTo: z.literal('oc-chair'), ...ladder }),
  ]),
  intentToDeny: z.strictObject({ respondMs: whole, finalMs: whole }).nullable(),
  appealMs: whole.nullable(),
  filing: z.strictObject({ certifications: z.array(text), endUserStatement: z.enum(['needed', 'not-needed']) }),
});

const levy = z.strictObject({
  base: z.enum(['invoiced-revenue', 'entered-value']),
  payer: z.enum(['seller', 'importer-of-record']),
  borneBy: z.enum(['seller', 'buyer', 'unknown']),
  trigger: z.enum(['on-invoice', 'on-entry']),
  refundable: z.enum(['yes', 'no', 'unknown']),
  bands: z.array(z.strictObject({ name: text, ...ranges, basisPoints: whole })),
  exemptions: z.array(text),
});

const product = z.strictObject({
  code: text,
  maker: text,
  tpp: figure,
  bandwidth: figure,
  memoryGb: figure,
  certainty: z.enum(['verified', 'derived', 'memory', 'conflict']),
});

const quota = z.strictObject({ kind: z.enum(['units-per-customer', 'units-in-all']), name: text, units: whole, products: z.array(text) });

const shipping = z.strictObject({
  papers: z.array(z.strictObject({ name: text, act: z.enum(paperActs) })),
  usEntry: z.enum(['by-cbp', 'not-needed']),
  siteVerification: z.enum(['needed', 'not-needed']),
});

/** Every form in which a release has pinned a policy, to the letter: a field more or less is no policy. */
export const pinnedPolicySchema: z.ZodType<Policy> = z.discriminatedUnion('edition', [
  z.strictObject({ id: text, edition: z.literal(1), opinionMs: whole, levyBasisPoints: whole }),
  z.strictObject({
    id: text,
    edition: z.literal(2),
    review,
    license: z.strictObject({ validMonths: whole.nullable() }),
    customers: z.enum(['vetted-by-commerce', 'not-vetted']),
    eligibility: z.array(z.strictObject({ name: text, products: z.array(text).exactOptional(), ...ranges, route: z.enum(routes) })),
    levy,
    product,
    quotas: z.array(quota).min(1).exactOptional(),
    shipping: shipping.exactOptional(),
  }),
]);

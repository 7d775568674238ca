import { z } from 'zod';
import { routes } from '../domain/product.ts';
import { paperActs } from '../domain/shipping.ts';
import { endUses, products } from '../domain/terms.ts';
import { knownFields } from './faults.ts';
import { isZone } from './zones.ts';

/** Names of policies, sources, rows and papers. */
export const policyName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'expected 1 to 64 small letters, digits or hyphens, beginning with a letter or digit');
export const sentence = z.string().min(1, 'expected a text');
const product = z.enum(products);

/** Names of sources; whether each of them is one of the file is checked afterwards. */
const cited = z.array(policyName);
/** For each field of a part that says something, the sources that say so. */
const citations = <F extends string>(...fields: F[]) => z.partialRecord(z.enum(fields), cited).default({});

const certainties = ['verified-primary', 'verified-press', 'derived', 'memory', 'choice'] as const;

/** A source: what it says, where, and how sure it is that it does. `choice` is no source but this product's own pick where all sources are silent. */
export const source = knownFields({ says: sentence, where: sentence, certainty: z.enum(certainties) });

const days = z.int().min(1).max(3_650);
const figure = z.int().min(0);

const range = knownFields({ above: figure.exactOptional(), from: figure.exactOptional(), below: figure.exactOptional() });
const ranges = { tpp: range.exactOptional(), bandwidth: range.exactOptional() };

const day = z.discriminatedUnion('reading', [
  knownFields({ reading: z.literal('exact') }),
  knownFields({ reading: z.literal('day-end'), zone: z.string().refine(isZone, 'expected the IANA name of a time zone such as America/New_York') }),
]);

// Where disagreement goes to the President, days of a ladder are read and then found unused, so that the fault says why.
const disagreement = z.discriminatedUnion('goesTo', [
  knownFields({
    goesTo: z.literal('president'),
    chairDays: days.exactOptional(),
    appealDays: days.exactOptional(),
    acepDays: days.exactOptional(),
    earbDays: days.exactOptional(),
  }),
  knownFields({ goesTo: z.literal('oc-chair'), chairDays: days, appealDays: days, acepDays: days, earbDays: days }),
]);

const intentToDeny = knownFields({ respondDays: days, finalDays: days }).refine(
  ({ respondDays, finalDays }) => respondDays < finalDays,
  'expected respondDays below finalDays: nothing becomes final while it may still be answered',
);

export const review = knownFields({
  opinionDays: days,
  questionDays: days.nullable(),
  limitDays: days.nullable(),
  day,
  agencyPositions: z.enum(['visible', 'opaque']),
  disagreement,
  intentToDeny: intentToDeny.nullable(),
  appealDays: days.nullable(),
  certifications: z.array(knownFields({ code: policyName, says: sentence })),
  endUserStatement: z.enum(['needed', 'not-needed']),
  sources: citations(
    ...(['opinionDays', 'questionDays', 'limitDays', 'day', 'agencyPositions', 'disagreement', 'intentToDeny', 'appealDays'] as const),
    ...(['certifications', 'endUserStatement'] as const),
  ),
});

export const license = knownFields({ validMonths: z.int().min(1).max(120).nullable(), sources: citations('validMonths') });

export const customers = knownFields({ vetting: z.enum(['vetted-by-commerce', 'not-vetted']), sources: citations('vetting') });

export const eligibilityRow = knownFields({
  name: policyName,
  products: z.array(product).min(1).exactOptional(),
  ...ranges,
  route: z.enum(routes),
  sources: cited.default([]),
});

const levyBand = knownFields({ name: policyName, ...ranges, percent: z.number().min(0).max(100).multipleOf(0.01), sources: cited.default([]) });

export const levy = knownFields({
  base: z.enum(['invoiced-revenue', 'entered-value']),
  payer: z.enum(['seller', 'importer-of-record']),
  borneBy: z.enum(['seller', 'buyer', 'unknown']),
  trigger: z.enum(['on-invoice', 'on-entry']),
  refundable: z.enum(['yes', 'no', 'unknown']),
  exemptions: z.array(sentence),
  bands: z.array(levyBand).min(1),
  sources: citations('base', 'payer', 'borneBy', 'trigger', 'refundable', 'exemptions'),
});

const quotaOf = { name: policyName, says: sentence, sources: cited.default([]) };

/** Caps beyond one order. A quote tells what is left of them, and an order pins those that limit its product. */
export const quota = z.discriminatedUnion('kind', [
  knownFields({
    ...quotaOf,
    kind: z.literal('share-of-us-volume'),
    percent: z.number().min(0).max(100),
    countedIn: z.enum(['units', 'tpp', 'unknown']),
    /** Units of each product for the United States, where they are published: without them the share is no check. */
    usVolume: z.partialRecord(product, z.int().min(0)).exactOptional(),
  }),
  knownFields({ ...quotaOf, kind: z.literal('units-per-customer'), units: z.int().min(1), products: z.array(product).min(1) }),
  knownFields({ ...quotaOf, kind: z.literal('units-in-all'), units: z.int().min(1), products: z.array(product).min(1) }),
]);

const paperOf = { name: policyName, says: sentence, from: sentence, sources: cited.default([]) };

/** A paper that an order needs, and before what. A quote lists them; an order pins those of each wave, with the act by which the wave has them. */
export const paper = z.discriminatedUnion('when', [
  knownFields({ ...paperOf, when: z.literal('before-filing') }),
  knownFields({ ...paperOf, when: z.literal('before-export'), act: z.enum(paperActs) }),
]);

export const shipping = knownFields({
  usEntry: z.enum(['by-cbp', 'not-needed']),
  siteVerification: z.enum(['needed', 'not-needed']),
  sources: citations('usEntry', 'siteVerification'),
});

const verdicts = z.record(z.enum(endUses), z.enum(['open', 'case-by-case', 'barred', 'unknown']));

/** What either government says of each end use. Not pinned: a quote shows both. */
export const ends = knownFields({ us: verdicts, china: verdicts, sources: citations('us', 'china') });

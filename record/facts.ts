import { z } from 'zod';
import type { OrderEvent } from '../domain/events.ts';
import { type RefusalCode, refusalCodes } from '../domain/refusal.ts';
import { licenseFaults } from '../domain/license.ts';
import { stepNames } from '../domain/steps.ts';
import type { JsonObject } from './json.ts';

const text = z.string();
const whole = z.int();
const step = z.enum(stepNames);
const standing = z.enum(['not-vetted', 'declined', 'removed']);
const refusalCode = z.custom<RefusalCode>((code) => typeof code === 'string' && Object.hasOwn(refusalCodes, code));
const fact = <const T extends OrderEvent['type'], const S extends z.core.$ZodShape>(type: T, said: S) =>
  z.strictObject({ type: z.literal(type), at: z.number(), ...said });

const lots = z.array(z.strictObject({ lot: text, units: whole }));
const balance = z.strictObject({ before: whole, after: whole });
const certificate = z.strictObject({
  number: text,
  policyEpoch: whole,
  license: z.strictObject({ number: text, balance: balance.exactOptional() }).exactOptional(),
  approval: z.strictObject({ number: text, balance }).exactOptional(),
  listVersion: text.exactOptional(),
  testReport: text.exactOptional(),
  entryNumber: text.exactOptional(),
  itn: text.exactOptional(),
  papers: z.array(z.strictObject({ paper: text, number: text, dated: text, expires: text.exactOptional(), digest: text })),
});

/** What the desk's own systems tell of an order, by its form: no person says it, so nobody signs it. */
const factSchema = z.discriminatedUnion('type', [
  fact('step-started', { step, wish: whole }),
  fact('step-done', { step }),
  fact('step-failed', { step, reason: text }),
  fact('parties-cleared', { listVersion: text }),
  fact('parties-rescreened', { listVersion: text }),
  fact('screening-hit', { listVersion: text, matches: z.array(text), standing: standing.exactOptional() }),
  fact('customer-not-vetted', { standing }),
  fact('customer-recorded', {}),
  fact('stock-reserved', { lots }),
  fact('license-found', { license: z.strictObject({ number: text, expires: text.exactOptional(), conditions: z.array(text) }) }),
  fact('stock-short', { free: whole, place: whole.exactOptional(), waiting: whole.exactOptional() }),
  fact('quota-reached', { quota: text, limit: whole, used: whole, left: whole }),
  fact('stock-freed', {}),
  fact('units-replaced', { lots, missing: whole }),
  fact('stock-reduced', { units: whole }),
  fact('stock-released', {}),
  fact('application-filed', { filingReference: text }),
  fact('application-withdrawn', {}),
  fact('license-voided', { licenseNumber: text }),
  fact('inspection-requested', {}),
  fact('shipment-booked', { bookingReference: text }),
  fact('shipment-refused', { policyEpoch: whole }),
  fact('shipment-refused-by-license', { licenseNumber: text, code: z.enum(licenseFaults), available: whole }),
  fact('goods-shipped', { waybill: text, units: whole, wave: whole.exactOptional(), certificate: certificate.exactOptional() }),
  fact('levy-accrued', { amountMinor: whole, currency: text }),
  fact('customs-declared', {}),
  fact('return-quarantined', { wave: whole.exactOptional() }),
  // By the policy board in the ledger, which may stop a shipment.
  fact('policy-held', { id: text, epoch: whole, reason: text }),
  fact('not-retold', { what: text, code: refusalCode, reason: text }),
]);
export type FactType = z.infer<typeof factSchema>['type'];
const factTypes: ReadonlySet<unknown> = new Set(factSchema.options.map(({ shape }) => shape.type.value));

/** Whether events of this type are facts of the desk's systems. */
export const isFactType = (type: unknown): boolean => factTypes.has(type);

/** The fact in an event; undefined where it is not of its form. */
export const readFact = (event: JsonObject): OrderEvent | undefined => factSchema.safeParse(event).data;

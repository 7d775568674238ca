import { z } from 'zod';
import { licenseFaults } from '../domain/license.ts';
import { customerStandings, type StepName, type StepResults } from '../domain/steps.ts';
import { faultsOfError } from './faults.ts';

const reference = z.string().min(1).max(200);
const standing = z.enum([...customerStandings, 'not-vetted']).exactOptional();
const count = z.int().nonnegative();
const lots = z.array(z.object({ lot: reference, units: count.positive() }));
const policyChange = z.object({ id: reference, effect: z.enum(['hold', 'lift']), epoch: count, reason: z.string().min(1) });

const foundLicense = z.object({ number: reference, expires: z.iso.date().exactOptional(), conditions: z.array(z.string()) });

const screened = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('clear'), listVersion: reference, standing }),
  z.object({ outcome: z.literal('hit'), listVersion: reference, matches: z.array(reference).min(1), standing }),
]);

/** What each port may answer. */
export const stepResults: { readonly [S in StepName]: z.ZodType<StepResults[S]> } = {
  'screen-parties': screened,
  'rescreen-parties': screened,
  'record-customer': z.object({ recorded: z.enum(customerStandings) }),
  'reserve-stock': z.discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('reserved'),
      lots: lots.min(1),
      license: foundLicense.exactOptional(),
    }),
    z.object({ outcome: z.literal('short'), free: count, place: count.positive().exactOptional(), waiting: count.positive().exactOptional() }),
    z.object({ outcome: z.literal('over-quota'), quota: reference, limit: count, used: count, left: count }),
  ]),
  'file-application': z.object({ filingReference: reference }),
  'notify-license': z.object({ noticeReference: reference }),
  'void-license': z.object({ outcome: z.enum(['voided', 'not-recorded']) }),
  'request-inspection': z.object({ inspectionReference: reference }),
  'book-shipment': z.object({ bookingReference: reference }),
  ship: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('shipped'), waybill: reference, license: z.object({ before: count, after: count }).exactOptional() }),
    z.object({ outcome: z.literal('stale-epoch'), changes: z.array(policyChange).min(1) }),
    z.object({ outcome: z.literal('license-refused'), code: z.enum(licenseFaults), licenseNumber: reference, available: count }),
  ]),
  'accrue-levy': z.object({ entryReference: reference }),
  'declare-customs': z.object({ declarationReference: reference }),
  'quarantine-return': z.object({ quarantined: count.positive() }),
  'replace-units': z.object({ replaced: lots, missing: count }),
  'reduce-stock': z.object({ kept: count }),
  'release-stock': z.object({ released: count }),
  'withdraw-application': z.object({ withdrawalReference: reference }),
  'cancel-inspection': z.object({ cancellationReference: reference }),
  'cancel-booking': z.object({ cancellationReference: reference }),
  'notify-ending': z.object({ noticeReference: reference }),
};

/** What is wrong with an answer, each fault with its path; empty where it is of its form. */
export function faultsOfResult(step: StepName, answer: unknown): string[] {
  const read = stepResults[step].safeParse(answer);
  return read.success ? [] : faultsOfError(read.error).map((fault) => `${fault.path || 'answer'}: ${fault.message}`);
}

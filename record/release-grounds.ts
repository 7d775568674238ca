import { z } from 'zod';
import { isRole, type Role } from '../domain/roles.ts';
import type { ReleaseCertificate } from '../domain/release-certificate.ts';
import type { Entry } from './format.ts';
import type { JsonObject } from './json.ts';

/** Something that a wave left on: what it is, its number, and the entry of the record by which it came to be. `by` null where a system told it. */
interface Ground {
  readonly what: string;
  readonly number: string;
  readonly entry: number;
  readonly at: number;
  readonly by: Role | null;
  /** The people who signed it, by their codes: who did it, and who confirmed. Empty where nobody signed. */
  readonly signedBy: readonly string[];
}

/** A wave that has left, with what it left on; `certificate` null where its policy asks for none. */
export interface Release {
  readonly wave: number;
  readonly units: number;
  readonly waybill: string;
  readonly at: number;
  readonly certificate: ReleaseCertificate | null;
  readonly grounds: readonly Ground[];
}

const signature = z.looseObject({ person: z.string() });
const author = z.looseObject({
  by: z.string().optional(),
  signed: z.looseObject({ by: signature, confirmedBy: signature.optional() }).optional(),
});
const shipped = z.looseObject({
  units: z.number(),
  waybill: z.string(),
  wave: z.number().default(1),
  certificate: z.custom<ReleaseCertificate>((value) => typeof value === 'object' && value !== null).optional(),
});

const licenseNumber = (license: JsonObject[string] | undefined): unknown => z.looseObject({ number: z.string() }).parse(license).number;

/** What each event tells of: what it is called in a certificate, and its number. */
const tellings = new Map<unknown, (event: JsonObject) => readonly [what: unknown, number: unknown]>([
  ['license-issued', ({ license }) => ['license', licenseNumber(license)]],
  ['license-found', ({ license }) => ['license', licenseNumber(license)]],
  ['purchase-approved', ({ approvalNumber }) => ['purchase approval', approvalNumber]],
  ['parties-rescreened', ({ listVersion }) => ['screening', listVersion]],
  ['screening-hit', ({ listVersion }) => ['screening', listVersion]],
  ['entry-released', ({ entryNumber }) => ['entry', entryNumber]],
  ['inspection-passed', ({ reportNumber }) => ['test', reportNumber]],
  ['paper-registered', ({ paper, number }) => [paper, number]],
  ['eei-filed', ({ itn }) => ['export filing', itn]],
]);

/** Every wave of a record that has left, in their order, with who brought about what it left on. */
export function releasesIn(entries: readonly Entry[]): Release[] {
  return entries.flatMap(({ event, at }, index) => {
    if (event['type'] !== 'goods-shipped') return [];
    const { units, waybill, wave, certificate } = shipped.parse(event);
    const grounds = certificate ? named(certificate).flatMap(([what, number]) => groundOf(entries.slice(0, index), what, number)) : [];
    return [{ wave, units, waybill, at, certificate: certificate ?? null, grounds }];
  });
}

/** What a certificate names, by what it is called. */
const named = ({ license, approval, listVersion, entryNumber, testReport, papers, itn }: ReleaseCertificate): readonly (readonly [string, string])[] =>
  (
    [
      ['license', license?.number],
      ['purchase approval', approval?.number],
      ['screening', listVersion],
      ['entry', entryNumber],
      ['test', testReport],
      ...papers.map(({ paper, number }) => [paper, number] as const),
      ['export filing', itn],
    ] as const
  ).flatMap(([what, number]) => (number === undefined ? [] : [[what, number] as const]));

/** The last entry before the shipment that tells it. */
function groundOf(before: readonly Entry[], what: string, number: string): Ground[] {
  const entry = before.findLast(({ event }) => {
    const [about, named] = tellings.get(event['type'])?.(event) ?? [];
    return about === what && named === number;
  });
  if (!entry) return [];
  const { by, signed } = author.parse(entry.event);
  const signedBy = signed ? [signed.by.person, ...(signed.confirmedBy ? [signed.confirmedBy.person] : [])] : [];
  return [{ what, number, entry: entry.sequence, at: entry.at, by: by !== undefined && isRole(by) ? by : null, signedBy }];
}

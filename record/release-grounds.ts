import { z } from 'zod';
import { isRole, type Role } from '../domain/roles.ts';
import type { ReleaseCertificate } from '../domain/release-certificate.ts';
import type { Entry } from './format.ts';
import type { JsonObject } from './json.ts';

/** Something that a wave left on: what it is, its number, and the entry of the record by which it came to be. `by` null where a system told it. */
export interface Ground {
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

/** By which event each ground came to be, and the number that it tells there. */
const told: { readonly [type: string]: (event: JsonObject) => { readonly what: string; readonly number: unknown } } = {
  'license-issued': ({ license }) => ({ what: 'license', number: z.looseObject({ number: z.string() }).parse(license).number }),
  'license-found': ({ license }) => ({ what: 'license', number: z.looseObject({ number: z.string() }).parse(license).number }),
  'purchase-approved': ({ approvalNumber }) => ({ what: 'purchase approval', number: approvalNumber }),
  'parties-rescreened': ({ listVersion }) => ({ what: 'screening', number: listVersion }),
  'screening-hit': ({ listVersion }) => ({ what: 'screening', number: listVersion }),
  'entry-released': ({ entryNumber }) => ({ what: 'entry', number: entryNumber }),
  'inspection-passed': ({ reportNumber }) => ({ what: 'test', number: reportNumber }),
  'paper-registered': ({ paper, number }) => ({ what: String(paper), number }),
  'eei-filed': ({ itn }) => ({ what: 'export filing', number: itn }),
};

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
    const type = String(event['type']);
    const one = Object.hasOwn(told, type) ? told[type]?.(event) : undefined;
    return one?.what === what && one.number === number;
  });
  if (!entry) return [];
  const { by, signed } = author.parse(entry.event);
  const signedBy = signed ? [signed.by.person, ...(signed.confirmedBy ? [signed.confirmedBy.person] : [])] : [];
  return [{ what, number, entry: entry.sequence, at: entry.at, by: by !== undefined && isRole(by) ? by : null, signedBy }];
}

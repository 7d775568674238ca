import type { Entry } from '../../record/format.ts';
import { toJsonObject } from '../../record/json.ts';
import { bare, type Forged, type Forger, signedIn, without } from './desk-forger.ts';

/** A way in which the desk would make an act look other than it was, and the code under which that is found. */
export interface Forgery {
  readonly what: string;
  readonly code: string;
  /** The code of the stand-alone verifier, where it is another. */
  readonly alone?: string;
  readonly forge: (by: Forger) => Forged | Promise<Forged>;
}

export const dropped: readonly Forgery[] = [
  { what: 'the envelope of a license', code: 'envelope-missing', forge: (by) => by.told('license-issued', (entry) => bare(entry)) },
  {
    what: 'who signed a license, and its envelope',
    code: 'signature-missing',
    forge: (by) => by.told('license-issued', (entry) => ({ ...bare(entry), event: without(entry.event, 'signed') })),
  },
  {
    what: 'who signed a license, and not its envelope',
    code: 'signature-missing',
    forge: (by) => by.event('license-issued', (event) => without(event, 'signed')),
  },
  {
    what: 'the whole act behind a license',
    code: 'signature-missing',
    forge: (by) => by.told('license-issued', (entry) => ({ ...bare(entry), event: without(entry.event, 'signed', 'act', 'by') })),
  },
  {
    what: 'who signed a hold, and its envelope',
    code: 'signature-missing',
    forge: (by) => by.told('policy-held', (entry) => ({ ...bare(entry), event: without(entry.event, 'signed') })),
  },
  {
    what: 'who signed the submission, and its envelope',
    code: 'envelope-unexpected',
    forge: (by) => ({
      ...by.told('order-submitted', (entry) => ({ ...bare(entry), event: without(entry.event, 'signed') })),
      index: by.entry('application-registered').sequence,
    }),
  },
  {
    what: 'the submission itself, and all before the registration',
    code: 'act-differs',
    forge: (by) => ({ index: 0, entries: by.record.entries.slice(by.entry('application-registered').sequence) }),
  },
  {
    what: 'the signature of the second person under a recorded act',
    code: 'second-missing',
    forge: (by) => by.envelope('application-registered', (envelope) => ({ ...envelope, signatures: envelope.signatures.slice(0, 1) })),
  },
];

export const exchanged: readonly Forgery[] = [
  {
    what: 'the envelopes of two acts',
    code: 'act-differs',
    forge(by) {
      const [one, other] = [by.entry('purchase-approved'), by.entry('customs-released')];
      const swapped = by.record.entries.map((entry) => {
        if (entry !== one && entry !== other) return entry;
        const { envelope } = entry === one ? other : one;
        return { ...entry, ...(envelope !== undefined && { envelope }) };
      });
      return { index: one.sequence, entries: swapped };
    },
  },
  {
    what: 'a denial for an approval',
    code: 'act-differs',
    forge: (by) => by.event('license-issued', (event) => ({ ...without(event, 'license'), type: 'license-denied', basis: 'none' })),
  },
  {
    what: 'one person for another',
    code: 'act-differs',
    forge: (by) =>
      by.event('license-issued', (event) => ({ ...event, signed: { ...signedIn(event), by: { ...toJsonObject(signedIn(event)['by']), person: 'jane.doe' } } })),
  },
  {
    what: 'the person who sent a deputy for the deputy',
    code: 'act-differs',
    forge: (by) =>
      by.event('application-referred', (event) => ({
        ...event,
        signed: { ...signedIn(event), by: without(toJsonObject(signedIn(event)['by']), 'inPlaceOf') },
      })),
  },
  { what: 'one role for another', code: 'act-differs', forge: (by) => by.event('purchase-approved', (event) => ({ ...event, by: 'cn.miit' })) },
  {
    what: 'what an act says for something else',
    code: 'act-differs',
    forge: (by) =>
      by.event('license-issued', (event) => ({
        ...event,
        act: { ...toJsonObject(event['act']), content: '{"by":"us.commerce","licenseNumber":"D1","name":"issue-license"}' },
      })),
  },
  {
    what: 'the document behind a recorded act for another',
    code: 'act-differs',
    forge: (by) =>
      by.event('application-registered', (event) => ({
        ...event,
        signed: { ...signedIn(event), evidence: { ...toJsonObject(signedIn(event)['evidence']), document: 'cd'.repeat(32) } },
      })),
  },
];

/** Envelopes that were good elsewhere: in the record of another order, or of the same under other terms. */
export const fromElsewhere = (type: string, { envelope = '' }: Entry): Forgery => ({
  what: 'an envelope from elsewhere',
  code: 'wrong-order',
  forge: (by) => by.told(type, (entry) => ({ ...entry, envelope })),
});

import type { Claims } from '../../domain/signing/claims.ts';
import { isObject, toJsonObject } from '../../record/json.ts';
import { signDelegation } from '../../trust/sign-act.ts';
import { day, dayZero } from '../support/orders.ts';
import { bare, claimsIn, type Forged, type Forger, rewritten, signedBy, signedIn, without } from './desk-forger.ts';
import type { Forgery } from './forgeries.ts';

export const madeUp: readonly Forgery[] = [
  {
    what: 'a recorded act as one that the authority signed',
    code: 'act-differs',
    forge: (by) =>
      by.event('application-registered', (event) => ({ ...event, signed: { ...without(signedIn(event), 'evidence', 'confirmedBy'), kind: 'authenticated' } })),
  },
  {
    what: 'a recorded act without its evidence, under the signature that there is',
    code: 'second-refused',
    alone: 'signature-invalid',
    forge: (by) => by.envelope('application-registered', (envelope, claims) => rewritten(envelope, withoutEvidence(claims))),
  },
  {
    what: 'an act of an authority, by the key of the desk',
    code: 'role-differs',
    forge: (by) => by.envelope('license-issued', (_envelope, claims) => signedBy({ ...claims, signer: by.desk.holder }, by.desk)),
  },
  {
    what: 'an act of an authority, by the key of the desk under the name of the authority',
    code: 'signature-invalid',
    forge: (by) => by.envelope('license-issued', ({ signatures: [first] }, claims) => signedBy(claims, { ...by.desk, keyId: keyIdIn(first?.protected) })),
  },
  {
    what: 'an act of an authority, on evidence that the desk alone confirms',
    code: 'second-refused',
    alone: 'role-differs',
    forge: (by) =>
      by.envelope('license-issued', (_envelope, claims) => {
        const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-18', decidedAt: claims.issued };
        return signedBy({ ...claims, signer: by.desk.holder, evidence }, by.desk, by.desk);
      }),
  },
  {
    what: 'an act of an authority, by a delegation that the desk gave itself',
    code: 'delegation-invalid',
    alone: 'role-differs',
    forge: (by) =>
      by.envelope('license-issued', async (_envelope, claims) => {
        const people = { role: 'us.commerce', from: 'demo.us-commerce', to: by.desk.holder } as const;
        const term = { orders: 'all', acts: 'all', begins: dayZero, ends: dayZero + 90 * day } as const;
        const delegation = await signDelegation({ format: 'twokey-delegation/1', ...people, ...term }, by.desk);
        return await signedBy({ ...claims, signer: by.desk.holder, delegations: [delegation] }, by.desk);
      }),
  },
  {
    what: 'other words of an authority, under the signature that there is',
    code: 'signature-invalid',
    forge: (by) => by.envelope('license-issued', (envelope, claims) => rewritten(envelope, { ...claims, fields: { licenseNumber: 'D2' } })),
  },
  {
    what: 'an act of an authority, by no algorithm',
    code: 'algorithm-refused',
    forge: (by) =>
      by.envelope('license-issued', (envelope) => {
        const header = { alg: 'none', kid: keyIdIn(envelope.signatures[0]?.protected), typ: 'twokey-act' };
        return { ...envelope, signatures: [{ protected: Buffer.from(JSON.stringify(header)).toString('base64url'), signature: 'A'.repeat(86) }] };
      }),
  },
  {
    what: 'an act of an authority, by a key that the root does not know',
    code: 'key-unknown',
    forge: (by) => by.envelope('license-issued', (_envelope, claims) => signedBy(claims, { ...by.desk, keyId: 'A'.repeat(43) })),
  },
];

export const atAnotherTime: readonly Forgery[] = [
  {
    what: 'a license before it was signed',
    code: 'not-yet-valid',
    forge: (by) => movedTo(by, 'license-issued', claimsIn(by.entry('license-issued')).issued - 60_001),
  },
  { what: 'a hold after the signature has expired', code: 'expired', forge: (by) => movedTo(by, 'policy-held', claimsIn(by.entry('policy-held')).expires) },
  {
    what: 'an act a second time',
    code: 'already-taken',
    forge(by) {
      const entry = by.entry('position-given');
      return { index: entry.sequence + 1, entries: by.record.entries.toSpliced(entry.sequence + 1, 0, entry) };
    },
  },
];

export const added: readonly Forgery[] = [
  {
    what: 'the envelope of an act to a fact that nobody signs',
    code: 'envelope-unexpected',
    forge: (by) => by.told('goods-shipped', (entry) => ({ ...entry, envelope: by.entry('license-issued').envelope ?? '' })),
  },
  {
    what: 'an event to the act before it',
    code: 'envelope-missing',
    forge(by) {
      const entry = by.entry('license-issued');
      const ended = { ...without(entry.event, 'license'), type: 'order-ended', outcome: 'denied-by-us', reason: 'made up' };
      return { index: entry.sequence + 1, entries: by.record.entries.toSpliced(entry.sequence + 1, 0, { ...bare(entry), event: ended }) };
    },
  },
  {
    what: 'an authority as the author of what no authority tells',
    code: 'signature-missing',
    forge: (by) => by.event('goods-shipped', (event) => ({ ...event, type: 'license-confirmed', by: 'us.commerce' })),
  },
  {
    what: 'an approval that nobody gave',
    code: 'signature-missing',
    forge(by) {
      const entry = by.entry('purchase-applied');
      const event = toJsonObject({ type: 'purchase-approved', approvalNumber: 'CN-A-0', by: 'cn.mofcom', at: entry.at });
      return { index: entry.sequence + 1, entries: by.record.entries.toSpliced(entry.sequence + 1, 0, { ...bare(entry), event }) };
    },
  },
];

function keyIdIn(header: string | undefined): string {
  const told: unknown = JSON.parse(Buffer.from(header ?? '', 'base64url').toString());
  return isObject(told) ? String(told['kid']) : '';
}

/** An entry at another moment, in its place. */
const movedTo = (by: Forger, type: string, at: number): Forged => by.event(type, (event) => ({ ...event, at }));

const withoutEvidence = ({ evidence: _evidence, ...claims }: Claims): Claims => claims;

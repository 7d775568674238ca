import type { ActName } from '../../domain/acts.ts';
import type { Claims } from '../../domain/signing/claims.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import { Forge } from './bad/forge.ts';
import { evidenceOf, type Setting } from './scene.ts';

/** What an order takes: originals of the bad ones, and what is only just good. */
export interface GoodEnvelope {
  readonly name: string;
  readonly update: ActName;
  readonly envelope: Envelope;
}

const day = 86_400_000;

/** Each alone is taken by the order as it is. */
export function goodEnvelopes(setting: Setting): GoodEnvelope[] {
  const forge = new Forge(setting);
  const { now } = forge;
  const [state, deputy, desk] = [forge.who('us-state'), forge.who('stand-in'), forge.who('seller-desk', 'seller.desk')];
  const denied = (name: string, changes: Partial<Claims>): GoodEnvelope => ({ name, update: 'recommend', envelope: forge.stateSigned(forge.denial(changes)) });
  const because = (name: string, basis: string): GoodEnvelope => denied(name, { fields: { position: 'deny', basis } });
  const byDeputy = (name: string, ...delegations: readonly string[]): GoodEnvelope => ({
    ...{ name, update: 'recommend' },
    envelope: forge.envelope(forge.denial({ signer: 'stand-in', delegations }), deputy),
  });
  const recorded = (name: string, changes: Partial<Claims> = {}): GoodEnvelope => ({
    name,
    update: 'recommend',
    envelope: forge.recordedSigned(forge.recorded(changes)),
  });
  return [
    denied('a denial by State', {}),
    { name: 'the word of a colleague', update: 'recommend', envelope: forge.stateSigned(forge.denial({ signer: 'us-state-2' }), forge.who('us-state-2')) },
    recorded('what the desk records of Defense'),
    { name: 'the end of the order', update: 'cancel', envelope: forge.envelope(forge.claims('cancel', 'seller.desk', { reason: 'withdrawn' }), desk) },
    {
      ...{ name: "the buyer's application", update: 'apply-purchase' },
      envelope: forge.envelope(forge.claims('apply-purchase', 'buyer', { applicationNumber: 'CN-1' }), forge.who('buyer')),
    },
    denied('a signature of this moment, good for a moment', { issued: now, expires: now + 1 }),
    denied('a signature by a clock of a minute ahead', { issued: now + 60_000, expires: now + 60_001 }),
    denied('a signature that is good for 31 days', { issued: now - 1, expires: now - 1 + 31 * day }),
    recorded('a decision of the moment it was signed', { evidence: { ...evidenceOf(now), decidedAt: now - 1_000 } }),
    recorded('a decision of long ago', { evidence: { ...evidenceOf(now), decidedAt: 0 } }),
    because('a text in other letters', '出口管制法第十二条, 15 CFR § 742.6(b) а'),
    because('a text of 2,000 characters', 'x'.repeat(2_000)),
    because('a text of quotes and strokes', '"\\/</script>${x}%s'),
    because('a text of characters outside of the plane', '😀🏳'),
    denied('fifty conditions', { fields: { position: 'approve-with-conditions', conditions: Array.from({ length: 50 }, (_, at) => `${at}`) } }),
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'x'.repeat(100), '"\\{}[],:'].map((nonce) =>
      denied(`the nonce ${nonce.slice(0, 20)}`, { nonce }),
    ),
    denied('a delegation that nobody needs', { delegations: [forge.delegation({}, state)] }),
    byDeputy('a deputy', forge.delegation({}, state)),
    byDeputy('a deputy for all orders and acts', forge.delegation({ orders: 'all', acts: 'all' }, state)),
    byDeputy('a deputy since this moment', forge.delegation({ begins: now, ends: now + 1 }, state)),
    byDeputy('a deputy for a year', forge.delegation({ begins: now - 1, ends: now - 1 + 366 * day }, state)),
    byDeputy('a deputy of two', forge.delegation({}, forge.who('us-energy')), forge.delegation({}, state)),
    byDeputy('a deputy of one whose other is not good', forge.delegation({ ends: 1 }, forge.who('us-energy')), forge.delegation({}, state)),
    {
      ...{ name: 'a deputy of the second', update: 'recommend' },
      envelope: forge.recordedSigned(forge.recorded({ delegations: [forge.delegation({}, forge.who('new-hand', 'compliance.second'))] }), desk, deputy),
    },
  ];
}

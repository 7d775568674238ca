import { actNames, actSpec } from '../../../domain/acts.ts';
import { holderOf } from '../cast.ts';
import { evidenceOf, exampleFields } from '../scene.ts';
import { bad, type BadEnvelope, type Forge, type Named } from './forge.ts';

/** One signature where two are asked for, two where one is, and a second that is not of who confirms. */
export function wrongSeconds(forge: Forge): BadEnvelope[] {
  const [desk, second] = [forge.who('seller-desk', 'seller.desk'), forge.who('compliance-second', 'compliance.second')];
  const good = forge.recordedSigned();
  const [one, other] = good.signatures;
  const single = forge.stateSigned();
  const settled = forge.claims('settle-step', 'seller.desk', exampleFields('settle-step'));
  const payload = forge.payload(forge.recorded());
  return [
    ...bad('a second signature that is missing', 'second-missing', [
      ['recorded', forge.envelope(forge.recorded(), desk)],
      ['recorded, by the second alone', forge.envelope(forge.recorded({ signer: second.holder }), second)],
      ['recorded, the second cut off', { ...good, signatures: [one] }],
      ['recorded, the first cut off', { ...good, signatures: [other] }],
      ['recorded, by the authority itself', forge.envelope(forge.recorded({ signer: 'us-defense' }), forge.who('us-defense'))],
    ]),
    ...bad('a second signature that is missing', 'second-missing', [['settled by one', forge.envelope(settled, desk)]], { update: 'settle-step' }),
    ...bad('a second signature of another role', 'second-refused', [
      ...forge.setting.cast.members
        .filter(({ entry: { role, from, until, revoked } }) => role !== 'compliance.second' && from < forge.now && until === null && revoked === null)
        .map((signer): Named => [`${signer.holder} as ${signer.entry.role}`, forge.recordedSigned(forge.recorded(), desk, signer)]),
    ]),
    ...bad(
      'a second signature of another role',
      'second-refused',
      [['settled, by two of the desk', forge.envelope(settled, desk, forge.who('new-hand', 'seller.desk'))]],
      {
        update: 'settle-step',
      },
    ),
    ...bad('the first signature twice', 'second-refused', [
      ['recorded', { ...good, signatures: [one, one] }],
      ['of one person', { ...single, signatures: [...single.signatures, ...single.signatures] }],
      ['made anew', forge.envelope(forge.denial(), forge.who('us-state'), forge.who('us-state'))],
    ]),
    ...bad('the second signature twice', 'role-differs', [['recorded', { ...good, signatures: [other, other] }]]),
    ...bad('a second signature that nobody asked for', 'second-refused', [
      ...['us-state-2', 'us-defense', 'us-president', 'auditor'].map((holder): Named => [
        holder,
        forge.envelope(forge.denial(), forge.who('us-state'), forge.who(holder)),
      ]),
      ['of who confirms', forge.envelope(forge.denial(), forge.who('us-state'), second)],
      ['of nothing', { ...single, signatures: [...single.signatures, ...forge.stateSigned().signatures] }],
    ]),
    ...actNames
      .filter((act) => actSpec(act).confirmedBy === undefined)
      .flatMap((update) => {
        const [role] = actSpec(update).by;
        const first = role && forge.who(holderOf(role), role);
        return first
          ? bad(
              'a second signature that nobody asked for',
              'second-refused',
              [[update, forge.envelope(forge.claims(update, role, exampleFields(update)), first, second)]],
              { update },
            )
          : [];
      }),
    ...bad('signers in another order', 'role-differs', [
      ['exchanged', { ...good, signatures: [other, one] }],
      ['signed so', forge.envelope(forge.recorded(), second, desk)],
      ['signed so and said so', forge.envelope(forge.recorded({ signer: second.holder }), second, desk)],
    ]),
    ...bad('a second that did not sign this', 'signature-invalid', [
      ['but another', { payload, signatures: [forge.signature(payload, desk), ...forge.recordedSigned().signatures.slice(1)] }],
      ['but somebody did in their name', { payload, signatures: [forge.signature(payload, desk), forge.signature(payload, { ...desk, keyId: second.keyId })] }],
    ]),
    ...bad('evidence where a role signs itself', 'evidence-refused', [
      ...(['seller.desk', 'seller.stock', 'compliance.second', 'policy.admin'] as const).map((role): Named => [
        role,
        forge.envelope(forge.claims('recommend', role, {}, { signer: 'seller-desk', evidence: evidenceOf(forge.now) }), desk, second),
      ]),
      ['a submission', forge.envelope(forge.claims('submit', 'seller.desk', {}, { evidence: evidenceOf(forge.now) }), desk, second)],
      [
        'a submission by an authority',
        forge.envelope(forge.claims('submit', 'us.state', {}, { signer: 'seller-desk', evidence: evidenceOf(forge.now) }), desk, second),
      ],
    ]),
    ...bad('evidence of a decision that was still to come', 'evidence-refused', [
      ...[1, 1_000, 86_400_000].map((later): Named => {
        const claims = forge.recorded();
        return [`${later} ms after`, forge.recordedSigned({ ...claims, evidence: { ...evidenceOf(forge.now), decidedAt: claims.issued + later } })];
      }),
      ['at the end of time', forge.recordedSigned(forge.recorded({ evidence: { ...evidenceOf(forge.now), decidedAt: 8_640_000_000_000_000 } }))],
    ]),
    ...bad('evidence of another form', 'claims-invalid', evidences(forge)),
    ...bad('evidence that is missing', 'second-refused', [['two signatures of the company', forge.envelope(withoutEvidence(forge), desk, second)]]),
    ...bad('evidence that is missing', 'role-differs', [['one signature of the desk', forge.envelope(withoutEvidence(forge), desk)]]),
    ...bad('evidence that an authority gives itself', 'role-differs', [
      ['with the second', forge.recordedSigned(forge.recorded({ signer: 'us-defense' }), forge.who('us-defense'), second)],
      ['with the desk', forge.recordedSigned(forge.recorded({ signer: 'us-defense' }), forge.who('us-defense'), desk)],
    ]),
  ];
}

function withoutEvidence(forge: Forge): object {
  const { evidence: _, ...claims } = forge.recorded();
  return claims;
}

function evidences(forge: Forge): Named[] {
  const good = evidenceOf(forge.now);
  const { document: _, ...rest } = good;
  const spoiled: Readonly<Record<string, object>> = {
    'no document': rest,
    'a digest in capital letters': { ...good, document: 'AB'.repeat(32) },
    'a digest of 62 digits': { ...good, document: 'ab'.repeat(31) },
    'a digest of SHA-512': { ...good, document: 'ab'.repeat(64) },
    'a document itself': { ...good, document: 'We approve.' },
    'an address of a document': { ...good, document: 'https://example.org/letter.pdf' },
    'a number that is one': { ...good, issuerNumber: 17 },
    'an empty number': { ...good, issuerNumber: '' },
    'a number of spaces': { ...good, issuerNumber: '   ' },
    'a long number': { ...good, issuerNumber: 'x'.repeat(2_001) },
    'a moment as text': { ...good, decidedAt: new Date(forge.now).toISOString() },
    'one more field': { ...good, kind: 'authenticated' },
    constructor: { ...good, constructor: 'x' },
    toString: { ...good, toString: 'x' },
  };
  return Object.entries(spoiled).map(([name, evidence]) => [name, forge.recordedSigned({ ...forge.recorded(), evidence })]);
}

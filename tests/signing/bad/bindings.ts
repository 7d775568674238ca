import { type ActName, actNames, actSpec } from '../../../domain/acts.ts';
import type { Claims } from '../../../domain/signing/claims.ts';
import { genesisOf, subjectDigest } from '../../../domain/signing/signed-act.ts';
import type { OrderTerms } from '../../../domain/terms.ts';
import type { Policy, PolicyOfEdition1, PolicyOfEdition2 } from '../../../domain/policy.ts';
import { nodePrimitives } from '../../../trust/primitives.ts';
import { holderOf } from '../cast.ts';
import { bad, type BadEnvelope, canonical, type Forge, type Named, sha256, textIn } from './forge.ts';

/** Good signatures about something else than the order as it is. */
export function wrongBindings(forge: Forge): BadEnvelope[] {
  const { order } = forge.setting.bound;
  const { terms, policy, policyEpoch } = order;
  const denied = (name: string, changes: Partial<Claims>): Named => [name, forge.stateSigned(forge.denial(changes))];
  const genesis = (changes: { readonly terms?: Partial<OrderTerms>; readonly policy?: Partial<Policy> }): string =>
    genesisOf({ terms: { ...terms, ...changes.terms }, policy: { ...policy, ...changes.policy } }, nodePrimitives);
  return [
    ...bad(
      'another order',
      'wrong-order',
      otherIds(terms.id).map((id) => denied(id, { order: id })),
    ),
    ...bad(
      'another order with its genesis',
      'wrong-order',
      otherIds(terms.id).map((id) => denied(id, { order: id, genesis: genesis({ terms: { id } }) })),
    ),
    ...bad(
      'the same order on other terms',
      'wrong-order',
      otherTerms(terms).map((changes) => denied(canonical(changes), { genesis: genesis({ terms: changes }) })),
    ),
    ...bad(
      'the same order under another policy',
      'wrong-order',
      otherPolicies(policy).map((changes) => denied(canonical(changes), { genesis: genesis({ policy: changes }) })),
    ),
    ...bad('a genesis of something else', 'wrong-order', [
      denied('zeros', { genesis: '0'.repeat(64) }),
      denied('the digest of the terms', { genesis: sha256(canonical(terms)) }),
      denied('the subject', { genesis: subjectDigest(order, 'recommend', nodePrimitives) }),
      denied('in another form of text', { genesis: sha256(JSON.stringify({ format: 'twokey-record/1 genesis', order: terms.id })) }),
    ]),
    ...bad('another subject', 'wrong-subject', [
      ...actNames
        .filter((act) => subjectDigest(order, act, nodePrimitives) !== subjectDigest(order, 'recommend', nodePrimitives))
        .map((act) => denied(`that of ${act}`, { subject: subjectDigest(order, act, nodePrimitives) })),
      denied('zeros', { subject: '0'.repeat(64) }),
      denied('the genesis', { subject: forge.setting.bound.genesis }),
      denied('another application', { subject: sha256(canonical({ applicationNumber: 'Z100002' })) }),
      denied('the application and more', { subject: sha256(canonical({ applicationNumber: 'Z100001', positions: {} })) }),
      denied('not canonical', { subject: sha256('{ "applicationNumber": "Z100001" }') }),
    ]),
    ...bad(
      'a lower policy epoch',
      'wrong-epoch',
      Array.from({ length: policyEpoch }, (_, epoch) => denied(`${epoch}`, { epoch })),
    ),
    ...bad(
      'a higher policy epoch',
      'wrong-epoch',
      [1, 2, 98, 2 ** 32, Number.MAX_SAFE_INTEGER - policyEpoch].map((more) => denied(`${policyEpoch + more}`, { epoch: policyEpoch + more })),
    ),
    ...underOtherNames(forge),
    ...submissions(forge),
    ...replays(forge),
  ];
}

const otherIds = (id: string): readonly string[] =>
  [`${id}x`, `${id}-`, `${id}.`, `x${id}`, `${id}${id}`, swapped(id), id.slice(0, -1) || 'y', 'constructor'].map((one) => one.slice(0, 64));
const swapped = (id: string): string => (id === id.toLowerCase() ? id.toUpperCase() : id.toLowerCase());

const otherTerms = ({ units, unitPriceMinor, customer }: OrderTerms): readonly Partial<OrderTerms>[] => [
  ...[{ units: units + 1 }, { units: units - 1 }, { unitPriceMinor: unitPriceMinor + 1 }, { unitPriceMinor: 1 }, { customer: `${customer}x` }],
  ...([{ customerClass: 'reseller' }, { product: 'H20' }, { endUse: 'resale' }, { reviews: 'in-sequence' }, { fileApplication: 'by-act' }] as const),
];
const otherPolicies = (policy: Policy): readonly Partial<Policy>[] => [{ id: `${policy.id}x` }, ...otherNumbers(policy)];
const otherNumbers = (policy: Policy): readonly Partial<Policy>[] => (policy.edition === 1 ? otherNumbersOfEdition1(policy) : otherRules(policy));
const otherNumbersOfEdition1 = ({ opinionMs, levyBasisPoints }: PolicyOfEdition1): readonly Partial<PolicyOfEdition1>[] => [
  { opinionMs: opinionMs - 1 },
  { opinionMs: opinionMs + 86_400_000 },
  { levyBasisPoints: levyBasisPoints + 1 },
  { levyBasisPoints: 0 },
];
const otherRules = ({ review, license, levy }: PolicyOfEdition2): readonly Partial<PolicyOfEdition2>[] => [
  { review: { ...review, opinionMs: review.opinionMs - 1 } },
  { review: { ...review, intentToDeny: { respondMs: 0, finalMs: 0 } } },
  { license: { validMonths: (license.validMonths ?? 0) + 1 } },
  { levy: { ...levy, bands: [] } },
];

/** A good act, sent as each other one. */
function underOtherNames(forge: Forge): BadEnvelope[] {
  const denial = forge.stateSigned();
  return actNames
    .filter((name) => name !== 'recommend')
    .flatMap((update) => bad('an act under the name of another', 'wrong-act', [[`recommend as ${update}`, denial]], { update }));
}

/** What a desk, or the policy board, signs beside acts. */
function submissions(forge: Forge): BadEnvelope[] {
  const submission = forge.envelope(forge.claims('submit', 'seller.desk', {}, { signer: 'seller-desk' }), forge.who('seller-desk', 'seller.desk'));
  const byState = forge.stateSigned(forge.claims('submit', 'us.state', {}));
  const desk = actNames.filter((name) => actSpec(name).by.includes('seller.desk'));
  const board = [forge.who('policy-admin', 'policy.admin'), forge.who('policy-admin-2')] as const;
  return [
    ...desk.flatMap((update) => bad('a submission sent as an act', 'wrong-act', [[`as ${update}`, submission]], { update })),
    ...bad('a submission sent as an act', 'wrong-act', [['by State', byState]]),
    ...(['hold', 'lift'] as const).flatMap((act) =>
      (['cancel', 'recommend', 'submit-application'] as const).flatMap((update) =>
        bad(
          'a policy act sent as an act',
          'wrong-act',
          [[`${act} as ${update}`, forge.envelope(forge.claims(act, 'policy.admin', { hold: 'P-8', reason: 'review' }), ...board)]],
          { update },
        ),
      ),
    ),
  ];
}

/** What the order has taken, once more: the same is told so, another act of its name is not believed. */
function replays(forge: Forge): BadEnvelope[] {
  return forge.setting.taken.flatMap(({ name, envelope }) => {
    const claims = JSON.parse(textIn(envelope.payload)) as Claims;
    const signers = claims.evidence
      ? [forge.who('seller-desk', 'seller.desk'), forge.who('compliance-second', 'compliance.second')]
      : [forge.who(holderOf(claims.role), claims.role)];
    const again = (changes: Partial<Claims>) => forge.envelope({ ...claims, ...changes }, ...signers);
    return [
      ...bad(
        'an act that was taken, sent again',
        'already-taken',
        [
          [`${name} as it was`, envelope],
          [`${name}, signed anew`, again({})],
          [`${name}, signed later`, again({ issued: forge.now - 10, expires: forge.now + 3_600_000 })],
          [`${name}, under the epoch of today`, again({ epoch: forge.setting.bound.order.policyEpoch })],
          [`${name}, under a later epoch`, again({ epoch: forge.setting.bound.order.policyEpoch + 1 })],
          [`${name}, about another subject`, again({ subject: '0'.repeat(64) })],
        ],
        { update: name },
      ),
      ...bad('another act under the nonce of one that was taken', 'act-conflict', conflicts(forge, claims.nonce, name)),
    ];
  });
}

function conflicts(forge: Forge, nonce: string, name: ActName): Named[] {
  return [
    [`a denial as ${name}`, forge.stateSigned(forge.denial({ nonce }))],
    [`a denial of another basis as ${name}`, forge.stateSigned(forge.denial({ nonce, fields: { position: 'deny', basis: '15 CFR 742.6(b)' } }))],
    [`a recorded position as ${name}`, forge.recordedSigned(forge.recorded({ nonce }))],
    [`a denial on another subject as ${name}`, forge.stateSigned(forge.denial({ nonce, subject: '0'.repeat(64) }))],
  ];
}

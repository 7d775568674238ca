import type { Role } from '../../../domain/roles.ts';
import type { Claims } from '../../../domain/signing/claims.ts';
import type { Member } from '../cast.ts';
import { evidenceOf } from '../scene.ts';
import { bad, type BadEnvelope, type Forge, type Named } from './forge.ts';

/** Whoever has acted in the scene, and as what. */
const acted = [
  ['seller-desk', 'seller.desk'],
  ['us-commerce', 'us.commerce'],
  ['policy-admin', 'policy.admin'],
  ['policy-admin-2', 'policy.admin'],
  ['compliance-second', 'compliance.second'],
] as const satisfies readonly (readonly [string, Role])[];

/** Good signatures of people who may not do this together, or not on this order. */
export function wrongDuties(forge: Forge): BadEnvelope[] {
  return [
    ...bad('somebody who has acted for another side', 'duty-conflict', [
      ...['seller-desk', 'us-commerce', 'policy-admin'].map((holder): Named => [
        `${holder} as State`,
        forge.stateSigned(forge.denial({ signer: holder }), forge.who(holder, 'us.state')),
      ]),
      ...(['us-commerce', 'compliance-second'] as const).map((holder): Named => [
        `${holder} as the desk that records`,
        forge.recordedSigned(forge.recorded({ signer: holder }), forge.who(holder, 'seller.desk')),
      ]),
    ]),
    ...bad(
      'somebody who has acted for another side',
      'duty-conflict',
      (['us-commerce', 'compliance-second'] as const).map((holder) => [
        `${holder} as the desk`,
        forge.envelope(forge.claims('cancel', 'seller.desk', { reason: 'withdrawn' }, { signer: holder }), forge.who(holder, 'seller.desk')),
      ]),
      { update: 'cancel' },
    ),
    ...bad('a submitter who confirms', 'duty-conflict', [
      ['their own record', forge.recordedSigned(forge.recorded(), forge.who('seller-desk', 'seller.desk'), forge.who('seller-desk', 'compliance.second'))],
      [
        'a record of a colleague',
        forge.recordedSigned(forge.recorded({ signer: 'new-hand' }), forge.who('new-hand', 'seller.desk'), forge.who('seller-desk', 'compliance.second')),
      ],
    ]),
    ...bad('a deputy who has acted for another side', 'duty-conflict', deputies(forge)),
    ...bad('a deputy of somebody who has acted for another side', 'duty-conflict', sentByActors(forge)),
    ...bad('one person behind both signatures', 'same-person', twice(forge)),
  ];
}

/** Somebody of an authority lets a person decide who has acted already. */
const deputies = (forge: Forge): Named[] =>
  acted.flatMap(([holder, role]) =>
    (['us-state', 'us-defense', 'us-energy'] as const).map((agency): Named => {
      const giver = forge.who(agency);
      const agencyRole = giver.entry.role === 'auditor' ? 'us.state' : giver.entry.role;
      const delegations = [forge.delegation({ to: holder }, giver)];
      return [
        `${holder} in the place of ${agency}`,
        forge.envelope(forge.claims('recommend', agencyRole, { position: 'no-objection' }, { signer: holder, delegations }), forge.who(holder, role)),
      ];
    }),
  );

function sentByActors(forge: Forge): Named[] {
  const deputy = forge.who('stand-in');
  return ['seller-desk', 'us-commerce', 'policy-admin'].map((holder) => {
    const delegations = [forge.delegation({}, forge.who(holder, 'us.state'))];
    return [`sent by ${holder} as State`, forge.stateSigned(forge.denial({ signer: 'stand-in', delegations }), deputy)];
  });
}

/** `new-hand` and `stand-in` have not acted before. */
function twice(forge: Forge): Named[] {
  const [desk, second, deputy] = [forge.who('new-hand', 'seller.desk'), forge.who('new-hand', 'compliance.second'), forge.who('stand-in')];
  const recorded = (first: Member, other: Member, delegations: readonly string[] = []): unknown => {
    const changes: Partial<Claims> = { signer: first.holder, evidence: evidenceOf(forge.now), ...(delegations.length > 0 && { delegations }) };
    return forge.envelope(forge.recorded(changes), first, other);
  };
  const [asDesk, asSecond] = [forge.delegation({}, desk), forge.delegation({}, second)];
  return [
    ['with two keys', recorded(desk, second)],
    ['and their deputy as the second', recorded(desk, deputy, [asSecond])],
    ['and their deputy as the first', recorded(deputy, second, [asDesk])],
    ['the deputy of both', recorded(deputy, deputy, [asDesk, asSecond])],
  ];
}

import { type ActName, actNames, actSpec } from '../../../domain/acts.ts';
import { agencies, roles } from '../../../domain/roles.ts';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import { holderOf, type Member } from '../cast.ts';
import { exampleFields } from '../scene.ts';
import { bad, type BadEnvelope, type Forge, type Named } from './forge.ts';

/** Whose key signed: somebody else's, nobody's, or one that does not count now. */
export function wrongKeys(forge: Forge): BadEnvelope[] {
  return [
    ...bad('a key of another role', 'role-differs', ofAnotherRole(forge)),
    ...agencies.flatMap((agency) =>
      bad(
        'a key of another agency',
        'role-differs',
        agencies
          .filter((other) => other !== agency)
          .map((other) => {
            const signer = forge.who(holderOf(other));
            return [
              `${agency}, signed as ${other}`,
              forge.envelope(forge.claims('recommend', agency, { position: 'no-objection' }, { signer: signer.holder }), signer),
            ];
          }),
      ),
    ),
    ...bad('the name of another person', 'signer-differs', ofAnotherPerson(forge)),
    ...bad('a key that is in no keyring', 'key-unknown', unknown(forge)),
    ...notCounting(forge),
    ...notEntitled(forge),
  ];
}

const ofAnotherRole = (forge: Forge): Named[] =>
  forge.setting.cast.members
    .filter(({ entry: { role, from, until, revoked } }) => role !== 'us.state' && from < forge.now && until === null && revoked === null)
    .map((signer) => [`${signer.holder} as ${signer.entry.role}`, forge.stateSigned(forge.denial({ signer: signer.holder }), signer)]);

const ofAnotherPerson = (forge: Forge): Named[] => [
  ['signed by a colleague', forge.stateSigned(forge.denial(), forge.who('us-state-2'))],
  ...['us-state-2', 'US-STATE', 'us-stat', 'us-state-', 'us.state', 'us_state', 'constructor', 'toString', 'valueOf'].map((signer): Named => [
    `in the name of ${signer}`,
    forge.stateSigned(forge.denial({ signer })),
  ]),
  ['recorded in the name of the second', forge.recordedSigned(forge.recorded({ signer: 'compliance-second' }))],
  ['recorded in the name of the authority', forge.recordedSigned(forge.recorded({ signer: 'us-defense' }))],
];

function unknown(forge: Forge): Named[] {
  const state = forge.who('us-state');
  const payload = forge.payload(forge.denial());
  const named = (keyId: string): Envelope => ({ payload, signatures: [forge.signature(payload, { ...state, keyId })] });
  const { privateKey } = forge.who('stand-in');
  const { root } = forge.setting.cast;
  const flipped = Array.from(state.keyId, (letter, at) => state.keyId.slice(0, at) + String.fromCharCode(letter.charCodeAt(0) ^ 1) + state.keyId.slice(at + 1));
  return [
    ['a key under another id', { payload, signatures: [forge.signature(payload, { ...state, privateKey, keyId: 'A'.repeat(43) })] }],
    ['the root key', { payload, signatures: [forge.signature(payload, { ...state, ...root })] }],
    ...[
      '',
      'us-state',
      '0',
      '__proto__',
      'constructor',
      'toString',
      state.entry.publicKey,
      `${state.keyId}=`,
      ` ${state.keyId}`,
      state.keyId.toLowerCase(),
      '\ud800',
      '\u202e',
    ].map((keyId): Named => [`named ${JSON.stringify(keyId)}`, named(keyId)]),
    ...flipped.map((keyId, at): Named => [`another letter at ${at}`, named(keyId)]),
    ['the second key', forge.recordedSigned(forge.recorded(), forge.who('seller-desk', 'seller.desk'), { ...state, keyId: 'B'.repeat(43) })],
  ];
}

/** Keys that are not there yet, no longer, or no more: as the only one, the first, the second, and behind a delegation. */
function notCounting(forge: Forge): BadEnvelope[] {
  const kinds = [
    ['early', 'key-not-yet', 'a key that does not count yet'],
    ['ended', 'key-expired', 'a key that has ended'],
    ['revoked', 'key-revoked', 'a key that was revoked'],
  ] as const;
  return kinds.flatMap(([prefix, code, kind]) => {
    const [state, desk, second] = ['us-state', 'seller-desk', 'compliance-second'].map((holder) => forge.who(`${prefix}-${holder}`)) as [
      Member,
      Member,
      Member,
    ];
    const delegations = [forge.delegation({}, state)];
    return bad(kind, code, [
      ['alone', forge.stateSigned(forge.denial({ signer: state.holder }), state)],
      ['alone, under the name of a colleague', forge.stateSigned(forge.denial(), state)],
      ['of the first of two', forge.recordedSigned(forge.recorded({ signer: desk.holder }), desk)],
      ['of the second of two', forge.recordedSigned(forge.recorded(), forge.who('seller-desk', 'seller.desk'), second)],
      ['of who delegates', forge.envelope(forge.denial({ signer: 'stand-in', delegations }), forge.who('stand-in'))],
      ['for another role', forge.envelope(forge.claims('cancel', 'seller.desk', { reason: 'withdrawn' }, { signer: state.holder }), state)],
    ]);
  });
}

/** What a role signs for itself and may not do. */
function notEntitled(forge: Forge): BadEnvelope[] {
  const pairs = roles.flatMap((role, at) => {
    const others = actNames.filter((act) => !actSpec(act).by.includes(role) && !actSpec(act).confirmedBy);
    return [0, 1, 2].flatMap((turn): (readonly [typeof role, ActName])[] => {
      const act = others[(at * 5 + turn * 7) % others.length];
      return act ? [[role, act]] : [];
    });
  });
  return pairs.flatMap(([role, act]) =>
    bad(
      'an act that the role may not do',
      'not-entitled',
      [[`${act} by ${role}`, forge.envelope(forge.claims(act, role, exampleFields(act)), forge.who(holderOf(role), role))]],
      {
        update: act,
      },
    ),
  );
}

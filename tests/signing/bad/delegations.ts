import type { Delegation } from '../../../domain/signing/delegation.ts';
import type { Member } from '../cast.ts';
import { bad, type BadEnvelope, base64url, canonical, type Forge, type Named } from './forge.ts';

const day = 86_400_000;

/** A deputy signs, and what lets them is not good. */
export function wrongDelegations(forge: Forge): BadEnvelope[] {
  const [state, deputy] = [forge.who('us-state'), forge.who('stand-in')];
  const by = (delegations: unknown, signer: Member = deputy): unknown => forge.envelope({ ...forge.denial({ signer: signer.holder }), delegations }, signer);
  const covers = (name: string, changes: Partial<Delegation>, signer: Member = state): Named => [name, by([forge.delegation(changes, signer)])];
  const text = (name: string, content: string | Uint8Array): Named => [name, by([forge.compact(content, forge.header(state, 'twokey-delegation'), state)])];
  const under = (name: string, header: string): Named => [name, by([forge.delegation({}, state, header)])];
  const { now } = forge;
  const { id } = forge.setting.bound.order.terms;
  const good = forge.delegation({}, state);
  const [head = '', payload = '', signature = ''] = good.split('.');
  const { keyId: kid } = state;
  const typ = 'twokey-delegation';
  return [
    ...bad('a delegation of another time', 'delegation-invalid', [
      covers('ended', { begins: now - 3 * day, ends: now - day }),
      covers('ended long ago', { begins: 0, ends: 1 }),
      covers('not begun', { begins: now + day, ends: now + 2 * day }),
      covers('ends before it begins', { begins: now + day, ends: now - day }),
      covers('of no length', { begins: now - day, ends: now - day }),
      covers('for more than a year', { begins: now - day, ends: now + 366 * day }),
      covers('for ever', { begins: 0, ends: 8_640_000_000_000_000 }),
    ]),
    ...bad('a delegation that ends this moment', 'delegation-invalid', [covers('now', { begins: now - day, ends: now })], { jsonOnly: false }),
    ...bad('a delegation of something else', 'delegation-invalid', [
      covers('another act', { acts: ['cancel'] }),
      covers('acts in other letters', { acts: ['Recommend', 'RECOMMEND', 'all'] }),
      covers('another order', { orders: [`${id}x`, `x${id}`] }),
      covers('all orders, in a list', { orders: ['all'] }),
      covers('all acts, in a list', { acts: ['all'] }),
    ]),
    ...bad('a delegation to somebody else', 'role-differs', [
      covers('to a colleague', { to: 'us-state-2' }),
      covers('to the same in capital letters', { to: 'STAND-IN' }),
      ['none at all', forge.envelope(forge.denial({ signer: deputy.holder }), deputy)],
      ['of another role', by([forge.delegation({}, forge.who('us-energy'))])],
      ['of another role, for all', by([forge.delegation({ acts: 'all', orders: 'all' }, forge.who('us-president'))])],
      ['two of other roles', by([forge.delegation({}, forge.who('us-energy')), forge.delegation({}, forge.who('us-defense'))])],
    ]),
    ...bad('a delegation by somebody who cannot give it', 'delegation-invalid', [
      covers('in the name of State by Energy', { role: 'us.state', from: 'us-state' }, forge.who('us-energy')),
      covers('of the role of State by Energy', { role: 'us.state' }, forge.who('us-energy')),
      covers('in the name of another', { from: 'us-state-2' }),
      covers('by the deputy', { role: 'us.state' }, deputy),
      covers('by the deputy to the deputy', { role: 'us.state', from: 'stand-in' }, deputy),
      covers('by a colleague in the name of who is away', { from: 'us-state' }, forge.who('us-state-2')),
      covers('to the same person', { to: 'us-state' }),
      ['handed on', by([forge.delegation({ role: 'us.state', from: 'stand-in', to: 'carrier' }, deputy)], forge.who('carrier'))],
      ['handed on, with the first', by([good, forge.delegation({ role: 'us.state', from: 'stand-in', to: 'carrier' }, deputy)], forge.who('carrier'))],
      ['handed on, before the first', by([forge.delegation({ role: 'us.state', from: 'stand-in', to: 'carrier' }, deputy), good], forge.who('carrier'))],
      ['of the root', by([forge.compact(canonical({}), forge.header(state, typ), { ...state, ...forge.setting.cast.root })])],
    ]),
    ...bad('a delegation that its giver did not sign', 'signature-invalid', [
      ['by the deputy', by([forge.delegation({}, { ...state, privateKey: deputy.privateKey })])],
      [
        'of another content',
        by([[head, base64url(canonical({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ends: now + day })), signature].join('.')]),
      ],
      ['another signature', by([[head, payload, forge.delegation({ ends: now + day }, state).split('.')[2]].join('.')])],
      ['zeros', by([[head, payload, base64url(new Uint8Array(64))].join('.')])],
    ]),
    ...bad('a delegation by a key that nobody knows', 'key-unknown', [['', by([forge.delegation({}, { ...state, keyId: 'A'.repeat(43) })])]]),
    ...bad('a delegation by another algorithm', 'algorithm-refused', [
      ...['none', 'HS256', 'ES256', 'eddsa'].map((alg) => under(alg, JSON.stringify({ alg, kid, typ }))),
      ['none, without a signature', by([`${base64url('{"alg":"none"}')}.${payload}.`])],
    ]),
    ...bad('a delegation of another form', 'delegation-invalid', [
      ...['', '{', '{}', '[]', 'null', '7'].map((one) => text(JSON.stringify(one), one)),
      ...forms(forge).map(([name, one]) => text(name, one)),
    ]),
    ...bad('a delegation that is no compact JWS', 'envelope-malformed', [
      ...['', '.', '..', '...', 'text', head, `${head}.${payload}`, `${good}.`, `${good}.${signature}`, `${good}=`].map((one, at): Named => [
        `${at}: ${one.length} characters`,
        by([one]),
      ]),
      under('an act', forge.header(state)),
      under('a keyring', forge.header(state, 'twokey-keyring')),
      under('one more field', JSON.stringify({ alg: 'EdDSA', kid, typ, cty: 'json' })),
      under('in another order', JSON.stringify({ kid, alg: 'EdDSA', typ })),
      ['the signed act itself', by([compactOf(forge)])],
      ['the keyring itself', by([forge.setting.cast.jws.slice(0, 8_000)])],
      text('not UTF-8', Uint8Array.of(0xff)),
    ]),
    ...bad('delegations of another form', 'claims-invalid', [
      ...[[], null, 'text', good, {}, [7], [null], [[good]], [good, good, good], ['x'.repeat(8_001)], ['a b'], ['\u00e9']].map((one, at): Named => [
        `${at}: ${canonical(one).slice(0, 10)}`,
        by(one),
      ]),
    ]),
  ];
}

function compactOf(forge: Forge): string {
  const { payload, signatures } = forge.stateSigned();
  return `${signatures[0]?.protected}.${payload}.${signatures[0]?.signature}`;
}

/** A delegation with one thing in it that does not belong there. */
function forms(forge: Forge): readonly (readonly [name: string, text: string])[] {
  const good = JSON.parse(Buffer.from(forge.delegation({}, forge.who('us-state')).split('.')[1] ?? '', 'base64url').toString()) as Delegation;
  const { format: _, ...rest } = good;
  const changes: readonly object[] = [
    ...[
      { format: 'twokey-act/1' },
      { format: 'twokey-delegation/2' },
      { role: 'auditor' },
      { role: 'constructor' },
      { role: ['us.state'] },
      { from: '' },
      { to: 'a b' },
      { to: 7 },
    ],
    ...[{ orders: [] }, { orders: null }, { orders: 'none' }, { orders: [7] }, { orders: [''] }, { acts: [] }, { acts: 'recommend' }, { acts: { all: true } }],
    ...[{ begins: 1.5 }, { begins: '0' }, { ends: null }, { ends: -1 }, { ends: 8_640_000_000_000_001 }, { extra: 1 }, { toString: 'x' }],
    { acts: Array.from({ length: 101 }, () => 'recommend') },
    { orders: ['A\u200b-1'] },
  ];
  const text = canonical(good);
  return [
    ['no format', canonical(rest)],
    ...changes.map((change) => [canonical(change).slice(0, 60), canonical({ ...good, ...change })] as const),
    ['a space before', ` ${text}`],
    ['a line end after', `${text}\n`],
    ['names in another order', JSON.stringify(Object.fromEntries(Object.entries(good).toReversed()))],
    ['acts twice', text.replace('{', '{"acts":"all",')],
    ['an escaped letter', text.replace('recommend', '\\u0072ecommend')],
    ['a prototype', text.replace('{', '{"__proto__":{},')],
  ];
}

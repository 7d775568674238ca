import { bad, type BadEnvelope, canonical, type Forge, type Named } from './forge.ts';

const invalid = 'claims-invalid';

/** Claims that are not of their form, well signed. */
export function wrongClaims(forge: Forge): BadEnvelope[] {
  return [
    ...bad('a claim of another kind', invalid, ofAnotherKind(forge)),
    ...bad('a claim that is missing', invalid, missing(forge)),
    ...bad('one more claim', invalid, oneMore(forge)),
    ...bad('a number that is none of its place', invalid, numbers(forge)),
    ...bad('a text that is none of its place', invalid, texts(forge)),
    ...bad('signed content that is no object', invalid, noObject(forge)),
    ...fields(forge),
  ];
}

/** Claims as names and values, to be spoiled. */
const loose = (claims: object): Record<string, unknown> => ({ ...claims });

const ofOtherKinds: readonly (readonly [string, unknown])[] = [
  ['a number', 7],
  ['a number of another sign', -7],
  ['an empty text', ''],
  ['a text', 'something'],
  ['an object', {}],
  ['an object of one', { value: 'x' }],
  ['a list', []],
  ['a list of lists', [[[]]]],
  ['true', true],
  ['false', false],
  ['null', null],
];

/** What a claim may be after all, so that it is no case. */
const isFit = (name: string, value: unknown): boolean =>
  (typeof value === 'number' && value >= 0 && ['epoch', 'issued', 'expires'].includes(name)) ||
  (['signer', 'order'].includes(name) && value === 'something') ||
  (name === 'nonce' && value === 'something') ||
  (name === 'fields' && typeof value === 'object' && value !== null && !Array.isArray(value));

function ofAnotherKind(forge: Forge): Named[] {
  const good = loose(forge.recorded({ delegations: ['a.b.c'] }));
  return Object.keys(good).flatMap((name) => [
    ...ofOtherKinds
      .filter(([, value]) => !isFit(name, value))
      .map(([kind, value]): Named => [`${name}: ${kind}`, forge.recordedSigned({ ...good, [name]: value })]),
    [`${name}: itself in a list`, forge.recordedSigned({ ...good, [name]: [[good[name]]] })],
    [`${name}: itself as a text`, forge.recordedSigned({ ...good, [name]: ` ${canonical(good[name])}` })],
  ]);
}

function missing(forge: Forge): Named[] {
  const good = loose(forge.denial());
  return Object.keys(good).flatMap((name) => {
    const { [name]: _, ...rest } = good;
    return [
      [name, forge.stateSigned(rest)],
      [`${name}, in capital letters instead`, forge.stateSigned({ ...rest, [name.toUpperCase()]: good[name] })],
    ] satisfies Named[];
  });
}

const names = [
  'extra',
  'by',
  'id',
  'iat',
  'exp',
  'nbf',
  'sub',
  'iss',
  'aud',
  'jti',
  'payload',
  'toString',
  'constructor',
  'hasOwnProperty',
  'toJSON',
  'then',
  '',
  'оrder',
];

function oneMore(forge: Forge): Named[] {
  const good = canonical(forge.denial());
  return [
    ...names.map((name): Named => [JSON.stringify(name), forge.stateSigned({ ...forge.denial(), [name]: 'x' })]),
    ['__proto__', forge.stateSigned(good.replace('{', '{"__proto__":{"role":"us.commerce"},'))],
    ['a second nonce', forge.stateSigned({ ...forge.denial(), Nonce: forge.nonce() })],
  ];
}

/** As JSON writes them: most of these are no values of a program. */
function numbers(forge: Forge): Named[] {
  const written = [
    '1.5',
    '-0',
    '-1',
    '1e400',
    '-1e400',
    '9007199254740992',
    '9007199254740993',
    '1e21',
    '0.1',
    '1e-7',
    '8640000000000000000001',
    '5e-324',
    '-9007199254740991',
  ];
  const claims = forge.recorded();
  return (['epoch', 'issued', 'expires', 'decidedAt'] as const).flatMap((name) =>
    [...written, ...(name === 'epoch' ? [] : ['8640000000000001'])].map((number): Named => [
      `${name} of ${number}`,
      forge.recordedSigned(canonical(claims).replace(new RegExp(`"${name}":\\d+`), `"${name}":${number}`)),
    ]),
  );
}

function texts(forge: Forge): Named[] {
  const digest = forge.setting.bound.genesis;
  const spoiled: Readonly<Record<string, readonly string[]>> = {
    format: ['twokey-act/2', 'twokey-act', 'TWOKEY-ACT/1', 'twokey-record/1', 'twokey-act/1 '],
    act: ['Recommend', 'recommend ', 'constructor', '__proto__', 'toString', 'ship', 'policy-change'],
    order: ['', '.A-1', '-A-1', 'A 1', 'A/1', '../A-1', 'x'.repeat(65)],
    genesis: [digest.toUpperCase().replace(/^[0-9]+/, 'A'), digest.slice(1), `${digest}0`, ` ${digest}`, `0x${digest.slice(2)}`, 'g'.repeat(64)],
    subject: ['', 'A'.repeat(64), 'ab'.repeat(31), `${'ab'.repeat(32)}\n`],
    role: ['us.State', 'auditor', 'us', 'US.STATE', 'constructor', 'us.state ', 'root'],
    signer: ['', '.state', 'us..state', 'us state', 'us/state', '../state', '__proto__', 'x'.repeat(65)],
    nonce: ['short', 'seven77', 'with a space', 'x'.repeat(101), 'nonce\u00e9\u00e9\u00e9'],
  };
  return Object.entries(spoiled).flatMap(([name, values]) =>
    values.map((value): Named => [
      `${name} of ${JSON.stringify(value).slice(0, 24)}, ${value.length} characters`,
      forge.stateSigned({ ...forge.denial(), [name]: value }),
    ]),
  );
}

const noObject = (forge: Forge): Named[] =>
  [null, true, 7, 'text', [], [[]], {}, [forge.denial()], { claims: forge.denial() }, canonical(forge.denial())].map((value, at) => [
    `${at}: ${canonical(value).slice(0, 12)}`,
    forge.stateSigned(canonical(value)),
  ]);

/** Fields that the act has not, or not so. */
function fields(forge: Forge): BadEnvelope[] {
  const denied = (name: string, given: object): Named => [name, forge.stateSigned({ ...forge.denial(), fields: given })];
  const good = { position: 'deny', basis: 'withdrawn' };
  const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, at) => [`field${at}`, 'x']));
  return [
    ...bad('fields of another form', invalid, [
      ...[7, null, true, {}, [7], [null], [['x']], [{}], '', ' ', ['']].map((value) => denied(`a basis of ${canonical(value)}`, { ...good, basis: value })),
      ...['by', 'id', 'name'].map((name) => denied(`${name}, which the claims say`, { ...good, [name]: 'us.commerce' })),
      denied('51 of them', many(51)),
      denied('1,500 of them', many(1_500)),
      denied('51 conditions', { position: 'approve-with-conditions', conditions: Array.from({ length: 51 }, () => 'x') }),
      denied('2,001 characters', { ...good, basis: 'x'.repeat(2_001) }),
      denied('29,000 characters', { ...good, basis: 'x'.repeat(29_000) }),
      denied('an empty name', { ...good, '': 'x' }),
      denied('a name of 2,001 characters', { ...good, ['x'.repeat(2_001)]: 'x' }),
    ]),
    ...bad('fields that the act has not', 'invalid-act', [
      denied('none', {}),
      denied('no position', { basis: 'withdrawn' }),
      denied('a position that there is none of', { ...good, position: 'Deny' }),
      denied('a list of positions', { ...good, position: ['deny'] }),
      denied('an empty list of conditions', { position: 'approve-with-conditions', conditions: [] }),
      denied('conditions that are one text', { position: 'approve-with-conditions', conditions: 'no transfer' }),
      denied('conditions with a denial', { ...good, conditions: ['no transfer'] }),
      denied('a basis with no objection', { position: 'no-objection', basis: 'withdrawn' }),
      denied('50 of them', many(50)),
      ...['extra', 'toString', 'constructor', 'hasOwnProperty', 'valueOf', 'toJSON', 'then', 'signed', 'Position', 'ро' + 'sition', '0'].map((name) =>
        denied(`and ${name}`, { ...good, [name]: 'x' }),
      ),
    ]),
    ...bad('a field that copies lose', 'claims-invalid', [
      ['__proto__', forge.stateSigned(canonical(forge.denial({ fields: { ...good } })).replace('"fields":{', '"fields":{"__proto__":"x",'))],
    ]),
    ...bad('a position that lacks something', 'basis-missing', [denied('a denial without its basis', { position: 'deny' })]),
    ...bad('a position that lacks something', 'conditions-missing', [
      denied('an approval with conditions without them', { position: 'approve-with-conditions' }),
    ]),
  ];
}

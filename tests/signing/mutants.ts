import { nodePrimitives } from '../../trust/primitives.ts';
import type { Primitives } from '../../domain/signing/primitives.ts';
import type { Setting } from './scene.ts';

/** A way in which a judge could be broken, and classes of bad envelopes of which it then takes some. */
export interface Mutant {
  readonly name: string;
  readonly primitives?: Primitives;
  readonly setting?: (setting: Setting) => Setting;
  readonly lets: readonly string[];
}

const primitives = (changes: Partial<Primitives>): Primitives => ({ ...nodePrimitives, ...changes });
const withOrder = (setting: Setting, changes: Partial<Setting['bound']['order']>): Setting => ({
  ...setting,
  bound: { ...setting.bound, order: { ...setting.bound.order, ...changes } },
});

/** Reads whatever text it saw last as the canonical one of claims and delegations. */
function forgiving(): Primitives {
  const seen: string[] = [];
  return primitives({
    textOf(bytes) {
      const text = nodePrimitives.textOf(bytes);
      if (text !== undefined && !text.includes('"typ"')) seen.push(text);
      return text;
    },
    canonicalText: (value) => (typeof value === 'object' && value !== null && 'nonce' in value ? (seen.at(-1) ?? '') : nodePrimitives.canonicalText(value)),
  });
}

/** Broken judges, to see that the bad envelopes tell them from the real one. */
export const mutants: readonly Mutant[] = [
  {
    name: 'takes every signature',
    primitives: primitives({ isSignatureOf: () => true }),
    lets: [
      'a signature by another key than it names',
      'one bit of the signature flipped',
      'one bit of what was signed flipped',
      'a signature of something else',
      'a signature in another order of bytes',
      'a signature of a variant of Ed25519',
      'signatures of two envelopes exchanged',
      'S plus the order of the group',
      'S with bits that no S has',
      'S at an edge',
      'R that is not written in its one form',
      'R of small order',
      'R moved by a point of small order',
      'a signature of one byte again and again',
      'R or S of nothing',
      'a key of small order',
      'a second that did not sign this',
      'a delegation that its giver did not sign',
    ],
  },
  {
    name: 'forgives base64',
    primitives: primitives({ bytesOf: (text) => Buffer.from(text, 'base64url') }),
    lets: ['base64url written otherwise', 'a signature written otherwise'],
  },
  {
    name: 'forgives bytes that are no text',
    primitives: primitives({ textOf: (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }),
    lets: ['what is not UTF-8'],
  },
  { name: 'forgives how claims are written', primitives: forgiving(), lets: ['JSON that is not canonical', 'a name that stands twice'] },
  {
    name: 'lets every key count at all times',
    setting: (setting) => ({
      ...setting,
      cast: {
        ...setting.cast,
        keyring: { ...setting.cast.keyring, keys: setting.cast.keyring.keys.map((key) => ({ ...key, from: 0, until: null, revoked: null })) },
      },
    }),
    lets: ['a key that does not count yet', 'a key that has ended', 'a key that was revoked'],
  },
  {
    name: 'forgets who has acted',
    setting: (setting) => withOrder(setting, { actors: {} }),
    lets: [
      'somebody who has acted for another side',
      'a submitter who confirms',
      'a deputy who has acted for another side',
      'a deputy of somebody who has acted for another side',
    ],
  },
  { name: 'asks nobody for duties', setting: (setting) => withoutActors(setting), lets: ['one person behind both signatures'] },
  { name: 'lives in the past', setting: (setting) => ({ ...setting, now: setting.now - 90_000_000 }), lets: ['an act that has expired'] },
];

function withoutActors(setting: Setting): Setting {
  const { actors: _, ...order } = setting.bound.order;
  return { ...setting, bound: { ...setting.bound, order } };
}

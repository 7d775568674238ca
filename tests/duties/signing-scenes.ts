import fc from 'fast-check';
import { actSpec, isActName } from '../../domain/acts.ts';
import { type Role, roles } from '../../domain/roles.ts';
import type { SignedActName } from '../../domain/signing/claims.ts';
import { everyPair, type Pair } from './pictures.ts';

/** The moment at which all of it is judged, epoch milliseconds, and the order. */
export const now = Date.parse('2026-01-21T15:00:00Z');
export const order = 'A-1';
const day = 86_400_000;

export interface KeyOf {
  readonly holder: string;
  readonly role: Role;
  readonly from: number;
  readonly until: number | null;
  readonly revokedAt: number | null;
}

export interface DelegationOf {
  readonly role: Role;
  readonly from: string;
  readonly to: string;
  /** Number of the key that signs it. */
  readonly key: number;
  readonly orders: 'all' | readonly string[];
  readonly acts: 'all' | readonly string[];
  readonly begins: number;
  readonly ends: number;
}

/** People with keys who sign an act, some of them as deputies, and what may be wrong with it. */
export interface Scene {
  readonly act: SignedActName;
  readonly role: Role;
  readonly isRecorded: boolean;
  /** Who says to sign first. */
  readonly signer: string;
  readonly keys: readonly KeyOf[];
  /** Numbers of the keys that sign. */
  readonly first: number;
  readonly second: number | undefined;
  readonly delegations: readonly DelegationOf[];
  readonly prior: ReadonlyMap<string, Role>;
}

const people = ['amy', 'bob', 'cho', 'dee', 'eve'];
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('an empty list');
  return found;
};
const changed = <T>(list: readonly T[], index: number, change: Partial<T>): readonly T[] =>
  list.map((one, number) => (number === index % list.length ? { ...one, ...change } : one));

/** A scene as it should be: each signs by a key of their own, or in the place of somebody who holds it. */
function good(pair: Pair, who: readonly string[], isDeputy: readonly boolean[], prior: Scene['prior']): Scene {
  const { act, first, second = first, isRecorded } = pair;
  const key = (index: number, role: Role): KeyOf => ({ holder: at(who, index), role, from: now - day, until: null, revokedAt: null });
  const strange: Role = 'carrier';
  const delegation = (role: Role, from: number, to: number): DelegationOf => ({
    ...{ role, from: at(who, from), to: at(who, to), key: from },
    ...{ orders: [order, 'B-2'], acts: [act], begins: now - day, ends: now + day },
  });
  return {
    ...{ act, role: isRecorded && isActName(act) ? at(actSpec(act).by, 0) : first, isRecorded, signer: at(who, 0) },
    keys: [key(0, isDeputy[0] ? strange : first), key(1, isDeputy[1] ? strange : second), key(2, first), key(3, second)],
    ...{ first: 0, second: pair.second && 1, prior },
    delegations: [...(isDeputy[0] ? [delegation(first, 2, 0)] : []), ...(isDeputy[1] && pair.second ? [delegation(second, 3, 1)] : [])],
  };
}

type Change = (scene: Scene, place: number, value: number) => Scene;
const edges = [now - 1, now, now + 1];
const inKey =
  (change: (value: number) => Partial<KeyOf>): Change =>
  (scene, place, value) => ({ ...scene, keys: changed(scene.keys, place, change(value)) });
const inDelegation =
  (change: (value: number) => Partial<DelegationOf>): Change =>
  (scene, place, value) => ({ ...scene, delegations: changed(scene.delegations, place, change(value)) });

/** Everything that may be otherwise than it should be. */
const changes: readonly Change[] = [
  inKey((value) => ({ holder: at(people, value) })),
  inKey((value) => ({ role: at(roles, value) })),
  inKey((value) => ({ from: at(edges, value) })),
  inKey((value) => ({ until: at(edges, value) })),
  inKey((value) => ({ revokedAt: at(edges, value) })),
  inDelegation((value) => ({ role: at(roles, value) })),
  inDelegation((value) => ({ from: at(people, value) })),
  inDelegation((value) => ({ to: at(people, value) })),
  inDelegation((value) => ({ key: value % 4 })),
  inDelegation((value) => ({ orders: at<DelegationOf['orders']>(['all', ['B-2'], [], ['a-1'], [order]], value) })),
  inDelegation((value) => ({ acts: at<DelegationOf['acts']>(['all', ['cancel'], [], ['refer', 'hold']], value) })),
  inDelegation((value) => ({ begins: at(edges, value) })),
  inDelegation((value) => ({ ends: at(edges, value) })),
  inDelegation((value) => ({ begins: now - 300 * day, ends: now + at([66 * day - 1, 66 * day, 66 * day + 1], value) })),
  (scene, place) => ({ ...scene, delegations: scene.delegations.filter((_, index) => index !== place % 2) }),
  (scene) => ({ ...scene, delegations: scene.delegations.toReversed() }),
  (scene, _, value) => ({ ...scene, signer: at(people, value) }),
  (scene, _, value) => ({ ...scene, second: value % 5 === 4 ? undefined : value % 5 }),
];

/** Scenes of which most have nothing or one thing wrong, by people of whom there are so few that they meet. */
export const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    pair: fc.oneof(fc.constantFrom(...everyPair), fc.constantFrom(...everyPair.filter(({ second }) => second))),
    who: fc.oneof(
      { weight: 2, arbitrary: fc.shuffledSubarray(people, { minLength: 4, maxLength: 4 }) },
      fc.array(fc.constantFrom(...people), { minLength: 4, maxLength: 4 }),
    ),
    isDeputy: fc.tuple(fc.boolean(), fc.boolean()),
    prior: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.uniqueArray(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...roles)), { selector: ([who]) => who, maxLength: 3 }),
    ),
    wrong: fc.array(fc.record({ change: fc.constantFrom(...changes), place: fc.nat(3), value: fc.nat(14) }), { maxLength: 2 }),
  })
  .map(({ pair, who, isDeputy, prior, wrong }) =>
    wrong.reduce((scene, { change, place, value }) => change(scene, place, value), good(pair, who, isDeputy, new Map(prior))),
  );

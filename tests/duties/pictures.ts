import { type ActName, actNames, actSpec, policyActs } from '../../domain/acts.ts';
import { type Role, roles } from '../../domain/roles.ts';
import type { SignedActName } from '../../domain/signing/claims.ts';
import type { Actors } from '../../domain/signing/duties.ts';
import { confirmingRole } from '../../domain/signing/standing.ts';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';
import { type Judge, signatory, signed } from './judge.ts';
import { sideNumber } from './sides-by-hand.ts';

/** In which roles an act is signed; `second` where two sign. */
export interface Pair {
  readonly act: SignedActName;
  readonly first: Role;
  readonly second?: Role;
  readonly isRecorded: boolean;
}

/** A question for the rule: people who have acted, and people who want to. */
export interface Picture {
  readonly act: SignedActName;
  /** Everybody who has acted, and a role in which they have. */
  readonly prior: ReadonlyMap<string, Role>;
  readonly signed: Signed;
}

/** What the rule remembers of those who have acted. */
export const actorsOf = (prior: Picture['prior'], judge: Judge): Actors =>
  [...prior].reduce<Actors>((actors, [person, role]) => judge.withActors(actors, signed(signatory(role, person))), {});

const authorities: readonly ActName[] = actNames.filter((act) => !actSpec(act).by.some((role) => role.startsWith('seller.') || role === 'compliance.second'));
const ownPairs = (act: SignedActName, by: readonly Role[]): Pair[] =>
  by.map((first) => {
    const second = confirmingRole(act, false);
    return { act, first, ...(second && { second }), isRecorded: false };
  });

/** Every act in every role that may do it, by itself and, where an authority does it, recorded by the desk. */
export const everyPair: readonly Pair[] = [
  ...ownPairs('submit', ['seller.desk']),
  ...actNames.flatMap((act) => ownPairs(act, actSpec(act).by)),
  ...(['hold', 'lift'] as const).flatMap((act) => ownPairs(act, policyActs[act].by)),
  ...authorities.map((act): Pair => {
    const second = confirmingRole(act, true);
    return { act, first: 'seller.desk', ...(second && { second }), isRecorded: true };
  }),
];

/** One act for each way in which roles sign, two that sign first; which act it is makes no difference to the rule. */
export const oneOfEachPair: readonly Pair[] = [
  ...new Map(everyPair.map((pair) => [`${pair.first} ${pair.second ?? ''} ${pair.isRecorded}`, pair] as const)).values(),
].toSorted((one, other) => Number(other.second !== undefined) - Number(one.second !== undefined));

/** A role of some side that is neither of these. */
export function anotherThan(...taken: readonly Role[]): Role {
  const other = roles.find((role) => taken.every((one) => sideNumber(one) !== sideNumber(role)));
  if (other === undefined) throw new Error('there is no other side');
  return other;
}

/** A signatory, their giver or none, by numbers of people. */
export interface Hand {
  readonly person: number;
  readonly giver: number | undefined;
}

export const peopleIn = (...hands: readonly (Hand | undefined)[]): readonly number[] => [
  ...new Set(hands.flatMap((hand) => (hand ? [hand.person, ...(hand.giver === undefined ? [] : [hand.giver])] : []))),
];

export const handAs = (role: Role, { person, giver }: Hand, codeOf: (person: number) => string): Signatory =>
  signatory(role, codeOf(person), giver === undefined ? undefined : codeOf(giver));

/** Every hand among the people known so far and one new face at each turn. */
export function handsUpToNames(known: number): Hand[] {
  return upToNames(known).flatMap((person) => {
    const seen = Math.max(known, person);
    return [{ person, giver: undefined }, ...upToNames(seen).map((giver) => ({ person, giver }))];
  });
}
const upToNames = (known: number): number[] => Array.from({ length: known + 1 }, (_, index) => index + 1);

/** Every way to give each of these people one of the values. */
export function everyMap<T>(people: readonly number[], values: readonly T[]): ReadonlyMap<number, T>[] {
  return people.reduce<ReadonlyMap<number, T>[]>(
    (maps, person) => maps.flatMap((map) => values.map((value) => new Map([...map, [person, value]]))),
    [new Map()],
  );
}

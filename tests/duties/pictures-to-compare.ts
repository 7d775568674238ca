import fc from 'fast-check';
import { type Role, roles } from '../../domain/roles.ts';
import { codeOf, signed } from './judge.ts';
import { anotherThan, everyMap, everyPair, type Hand, handAs, handsUpToNames, oneOfEachPair, type Pair, peopleIn, type Picture } from './pictures.ts';
import { sideNumber } from './sides-by-hand.ts';

const oneRoleASide: readonly Role[] = [...new Map(roles.map((role) => [sideNumber(role), role])).values()];

const picture = ({ act, first, second, isRecorded }: Pair, one: Hand, other: Hand | undefined, prior: ReadonlyMap<number, Role | undefined>): Picture => ({
  act,
  prior: new Map([...prior].flatMap(([person, role]) => (role === undefined ? [] : [[codeOf(person), role] as const]))),
  signed: signed(handAs(first, one, codeOf), second && other && handAs(second, other, codeOf), isRecorded),
});

/**
 * Every picture of people who sign: one hand or two, each in somebody's place or not, up to the names of these people. Where they are one or two,
 * each has acted for any of the sides or for none; where they are more, for none, the first side, the second, or another.
 */
export function* everyPicture(pairs: readonly Pair[] = oneOfEachPair): Generator<Picture> {
  for (const pair of pairs) {
    const { first, second = first } = pair;
    const few = [...new Map([first, second, anotherThan(first, second)].map((role) => [sideNumber(role), role])).values()];
    for (const one of handsUpToNames(0)) {
      for (const other of pair.second ? handsUpToNames(Math.max(...peopleIn(one))) : [undefined]) {
        const people = peopleIn(one, other);
        const values = [undefined, ...(people.length <= 2 ? oneRoleASide : few)];
        for (const prior of everyMap(people, values)) yield picture(pair, one, other, prior);
      }
    }
  }
}

const mostPeople = 10;
const person = fc.integer({ min: 1, max: mostPeople });
const hand: fc.Arbitrary<Hand> = fc.record({ person, giver: fc.option(person, { nil: undefined }) });

/** Pictures of more people, any of whom may have acted for any side, and of every act; few enough people to meet one another often. */
export const anyPicture: fc.Arbitrary<Picture> = fc
  .record({
    pair: fc.constantFrom(...everyPair, ...oneOfEachPair.filter(({ second }) => second)),
    one: hand,
    other: hand,
    prior: fc.uniqueArray(fc.tuple(person, fc.constantFrom(...roles)), { selector: ([who]) => who, maxLength: mostPeople }),
    // Most of those who have acted did so for a side of those who sign, else hardly anything would be taken.
    own: fc.array(fc.boolean(), { minLength: mostPeople, maxLength: mostPeople }),
  })
  .map(({ pair, one, other, prior, own }) => {
    const loyal = prior.map(([who, role]) => [who, own[who - 1] ? (peopleIn(one).includes(who) ? pair.first : (pair.second ?? pair.first)) : role] as const);
    return picture(pair, one, pair.second && other, new Map(loyal));
  });

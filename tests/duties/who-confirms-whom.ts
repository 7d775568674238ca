import type { Role } from '../../domain/roles.ts';
import type { Actors } from '../../domain/signing/duties.ts';
import type { Signed } from '../../domain/signing/signed.ts';
import { bitOf, codeOf, type Judge, signatory, signed } from './judge.ts';
import { actorsOf, anotherThan, everyMap, type Hand, handAs, type Pair } from './pictures.ts';
import { sideNumber } from './sides-by-hand.ts';
import { type SignatureOf, type Tried, wrongIn } from './statement.ts';

/** What was before: what the rule remembers of it, and the acts themselves. */
interface Before {
  readonly actors: Actors;
  readonly taken: readonly Tried[];
}

const oneTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);
const alone = (person: number): Hand => ({ person, giver: undefined });

/** Everybody as who signs, in their own name, in their own place or in that of anybody else. */
const everyHand = (people: number): Hand[] => oneTo(people).flatMap((person) => [alone(person), ...oneTo(people).map((giver) => ({ person, giver }))]);

const behind = (role: Role, { person, giver }: Hand): SignatureOf => ({
  side: sideNumber(role),
  people: bitOf(person) | (giver === undefined ? 0 : bitOf(giver)),
});

/** The sides that matter to an act, by a role of each: the first, the second where it is another, and one that is neither. */
const rolesAround = ({ first, second = first }: Pair): readonly Role[] => [
  ...new Map([first, second, anotherThan(first, second)].map((role) => [sideNumber(role), role])).values(),
];

/** Every way in which each of these people has acted for nobody or for one of these sides. */
const everyBefore = (people: number, roles: readonly Role[], judge: Judge): readonly Before[] =>
  everyMap(oneTo(people), [undefined, ...roles]).map((map) => {
    const acted = [...map].flatMap(([person, role]) => (role === undefined ? [] : [[person, role] as const]));
    return {
      actors: actorsOf(new Map(acted.map(([person, role]) => [codeOf(person), role])), judge),
      taken: acted.map(([person, role]): Tried => ({ first: behind(role, alone(person)), refused: undefined })),
    };
  });

/**
 * Asks the rule about every way in which so many named people can sign: each of them first, each of them second, for nobody or anybody, after each
 * of them has acted for nobody, for the first side, for the second, or for another. Throws where the rule and its statement differ. Answers how
 * often it asked.
 */
export function askWhoConfirmsWhom(pair: Pair, people: number, judge: Judge): number {
  return eachWay(pair, people, judge, () => 0);
}

/** As `askWhoConfirmsWhom`; and after each act that is taken, whether each of these people may act for each side now. */
export function askWhoIsRemembered(pair: Pair, people: number, judge: Judge): number {
  const next = rolesAround(pair).flatMap((role) =>
    oneTo(people).map((person) => ({ act: signed(signatory(role, codeOf(person))), first: behind(role, alone(person)) })),
  );
  return eachWay(pair, people, judge, (before, act, tried) => {
    const actors = judge.withActors(before.actors, act);
    for (const { act: later, first } of next) check([...before.taken, tried, { first, refused: judge.dutyFault(actors, later)?.refused }], actors, later);
    return next.length;
  });
}

function eachWay(pair: Pair, people: number, judge: Judge, onTaken: (before: Before, act: Signed, tried: Tried) => number): number {
  const { first, second, isRecorded } = pair;
  const befores = everyBefore(people, rolesAround(pair), judge);
  let asked = 0;
  for (const one of everyHand(people)) {
    for (const other of second ? everyHand(people) : [undefined]) {
      const act = signed(handAs(first, one, codeOf), second && other && handAs(second, other, codeOf), isRecorded);
      const of = { first: behind(first, one), second: second && other && behind(second, other) };
      for (const before of befores) {
        const tried = { ...of, refused: judge.dutyFault(before.actors, act)?.refused };
        check([...before.taken, tried], before.actors, act);
        asked += 1 + (tried.refused === undefined ? onTaken(before, act, tried) : 0);
      }
    }
  }
  return asked;
}

function check(life: readonly Tried[], actors: Actors, act: Signed): void {
  const wrong = wrongIn(life);
  if (wrong !== undefined) throw new Error(`${JSON.stringify(actors)} and then ${JSON.stringify(act)}: ${wrong}`);
}

import type { Actors } from '../../domain/signing/duties.ts';
import { type Acted, actedBy } from './acted.ts';
import { codeOf, type Judge } from './judge.ts';
import { type Tried, wrongIn } from './statement.ts';
import { type Place, placesIn, type StoryAct } from './story.ts';

/** How many people may share the places of an order. */
export const mostPeople = 6;

export interface Walked {
  /** Whole lives, each of them judged and looked at as a whole. */
  readonly lives: number;
  /** How often the rule was asked. */
  readonly judged: number;
}

interface Options {
  /** Places that nobody of those who share the others has. */
  readonly outsiders?: readonly Place[];
  readonly people?: number;
  readonly tell?: (lives: number) => void;
}

/** A place in which somebody is put, or an act of which all places are taken; places by their numbers. */
type Step =
  { readonly seat: number } | { readonly by: number; readonly confirmedBy: number | undefined; readonly acted: (by: number, confirmedBy: number) => Acted };

/**
 * Plays the story once for every way to put people in its places, up to their names: each new face gets the next number (a restricted growth
 * string), since the rule compares people with one another and nothing else (renaming.test.ts). Depth first, so lives with the same past share
 * it, and nothing else. Throws where the rule and its statement differ.
 */
export function walkEveryLife(story: readonly StoryAct[], judge: Judge, { outsiders = [], people = mostPeople, tell = () => undefined }: Options = {}): Walked {
  const places = placesIn(story);
  const steps = stepsOf(story, places, outsiders);
  const seats: number[] = places.map((place) => (outsiders.includes(place) ? people + 1 : 0));
  const life: Tried[] = [];
  let [lives, judged] = [0, 0];
  go(0, 0, 0, {});
  return { lives, judged };

  function go(at: number, acts: number, known: number, actors: Actors): void {
    const step = steps[at];
    if (!step) {
      lives += 1;
      if (lives % 5_000_000 === 0) tell(lives);
      const wrong = wrongIn(life);
      if (wrong !== undefined) throw new Error(`${places.map((place, index) => `${place}: ${codeOf(seats[index] ?? 0)}`).join(', ')}: ${wrong}`);
    } else if ('seat' in step) {
      for (let person = 1; person <= Math.min(known + 1, people); person += 1) {
        seats[step.seat] = person;
        go(at + 1, acts, Math.max(known, person), actors);
      }
    } else {
      const { signed, first, second } = step.acted(seats[step.by] ?? 0, step.confirmedBy === undefined ? 0 : (seats[step.confirmedBy] ?? 0));
      const refused = judge.dutyFault(actors, signed)?.refused;
      judged += 1;
      life[acts] = { first, second, refused };
      go(at + 1, acts + 1, known, refused === undefined ? judge.withActors(actors, signed) : actors);
    }
  }
}

function stepsOf(story: readonly StoryAct[], places: readonly Place[], outsiders: readonly Place[]): Step[] {
  const seated = new Set<Place>(outsiders);
  return story.flatMap((act): Step[] => {
    const { by, confirmedBy } = act;
    const fresh = [by, ...(confirmedBy ? [confirmedBy] : [])].filter((place) => !seated.has(place));
    fresh.forEach((place) => seated.add(place));
    const acted = remembered((one, other) => actedBy(act, (place) => (place === by ? one : other)));
    return [
      ...fresh.map((place) => ({ seat: places.indexOf(place) })),
      { by: places.indexOf(by), confirmedBy: confirmedBy && places.indexOf(confirmedBy), acted },
    ];
  });
}

/** Made once for each pair of people, since it is asked for millions of times. */
function remembered<T>(make: (one: number, other: number) => T): (one: number, other: number) => T {
  const made: T[] = [];
  return (one, other) => (made[one * 16 + other] ??= make(one, other));
}

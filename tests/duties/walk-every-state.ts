import type { Actors } from '../../domain/signing/duties.ts';
import { actedBy } from './acted.ts';
import { codeOf, type Judge } from './judge.ts';
import { sideCount } from './sides-by-hand.ts';
import { type Tried, wrongIn } from './statement.ts';
import type { Place, StoryAct } from './story.ts';
import { mostPeople } from './walk-every-life.ts';

/** Where lives stand that may have begun differently and will be judged alike from here on. */
interface State {
  readonly actors: Actors;
  /** What was taken so far, noted down beside what the rule itself remembers: who stands behind acts for each side, a bit a person. */
  readonly taken: ReadonlyMap<number, number>;
  readonly seats: ReadonlyMap<Place, number>;
  readonly known: number;
  /** How many ways to put people in the places so far lead here. */
  readonly ways: bigint;
}

export interface Counted {
  /** Ways to put people in all places, up to their names. */
  readonly ways: bigint;
  /** Different states in which an act was judged. */
  readonly states: number;
}

/**
 * As `walkEveryLife`, for more places than can be walked one by one: lives that have come to the same state go on together. Nothing is left out,
 * since the rule is asked about what it is given and nothing else; `ways` counts the lives that each answer stands for. People who no longer act
 * in a place of their own are known by what was taken of them.
 */
export function walkEveryState(story: readonly StoryAct[], judge: Judge): Counted {
  let here: readonly State[] = [{ actors: {}, taken: new Map(), seats: new Map(), known: 0, ways: 1n }];
  let states = 0;
  for (const [at, act] of story.entries()) {
    const needed = new Set(story.slice(at + 1).flatMap(({ by, confirmedBy }) => (confirmedBy ? [by, confirmedBy] : [by])));
    const seated = here.flatMap((state) => inSeats(state, act));
    states += seated.length;
    here = joined(
      seated.map((state) => after(state, act, judge)),
      needed,
    );
  }
  return { ways: here.reduce((sum, { ways }) => sum + ways, 0n), states };
}

/** Every way to put people in the places of an act that have nobody yet. */
function inSeats(state: State, { by, confirmedBy }: StoryAct): readonly State[] {
  const free = [by, ...(confirmedBy ? [confirmedBy] : [])].filter((place) => !state.seats.has(place));
  return free.reduce<readonly State[]>(
    (before, place) =>
      before.flatMap((one) =>
        Array.from({ length: Math.min(one.known + 1, mostPeople) }, (_, index) => {
          const person = index + 1;
          return { ...one, seats: new Map([...one.seats, [place, person]]), known: Math.max(one.known, person) };
        }),
      ),
    [state],
  );
}

function after(state: State, act: StoryAct, judge: Judge): State {
  const { signed, first, second } = actedBy(act, (place) => state.seats.get(place) ?? 0);
  const refused = judge.dutyFault(state.actors, signed)?.refused;
  const before = [...state.taken].map(([side, people]): Tried => ({ first: { side, people }, refused: undefined }));
  const wrong = wrongIn([...before, { first, second, refused }]);
  if (wrong !== undefined) throw new Error(`${JSON.stringify(state.actors)} and then ${JSON.stringify(signed)}: ${wrong}`);
  if (refused !== undefined) return state;
  const taken = new Map(state.taken);
  for (const { side, people } of second ? [first, second] : [first]) taken.set(side, (taken.get(side) ?? 0) | people);
  return { ...state, actors: judge.withActors(state.actors, signed), taken };
}

const codes = Array.from({ length: mostPeople }, (_, index) => codeOf(index + 1));
const sideNumbers = Array.from({ length: sideCount }, (_, side) => side);

/** States that are the same but for the places that nobody will act from again. */
function joined(states: readonly State[], needed: ReadonlySet<Place>): readonly State[] {
  const found = new Map<string, State>();
  for (const state of states) {
    const seats = new Map([...state.seats].filter(([place]) => needed.has(place)));
    const remembered = codes.map((code) => state.actors[code] ?? null);
    const key = JSON.stringify([remembered, sideNumbers.map((side) => state.taken.get(side) ?? 0), [...seats], state.known]);
    const same = found.get(key);
    found.set(key, { ...state, seats, ways: state.ways + (same?.ways ?? 0n) });
  }
  return [...found.values()];
}

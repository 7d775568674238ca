import { isAskedFor } from './asked.ts';
import type { Candidate } from './commands.ts';
import { type Core, judge, type Judged, type Seen } from './core.ts';
import type { Course } from './course.ts';
import { type Fault, type Lookout, lookoutFor } from './invariants.ts';
import type { Matrix } from './matrix.ts';
import { Broken, type Turn } from './story.ts';

/** A state that was reached: how, and where the commands lead that people are told about. */
interface Node {
  readonly from: number;
  readonly by: Candidate | undefined;
  readonly isEnd: boolean;
  readonly waysOn: number[];
}

/** Two orders that have the same form; `again` came to it by another way than `first`. */
export interface Collision {
  readonly first: Seen;
  readonly again: Seen;
}

/** What an exploration looks at beside the invariants. */
export interface Watch {
  readonly matrix?: Matrix;
  /** Called every ten thousand states. */
  readonly progress?: (states: number, waiting: number) => void;
  /** Every how many states one is kept to be compared with others of the same form. */
  readonly sampleEvery?: number;
  /** The invariants looked at: all, if nothing else is said. */
  readonly lookout?: Lookout;
  /** Ends with an error beyond so many states. */
  readonly most?: number;
}

const noActs = Object.freeze({});
/** Ids of acts are forgotten from one state to the next, so that the same act may be tried in each of them. */
const forgetful = (seen: Seen): Seen => ({ ...seen, order: Object.freeze({ ...seen.order, acts: noActs }) });

/** Every state that an order can come to within bounds, breadth first, with every invariant looked at on every command. */
export class Exploration {
  readonly nodes: Node[] = [];
  readonly collisions: Collision[] = [];
  commands = 0;
  /** Commands that changed or told something. */
  transitions = 0;
  /** States reached whose commands have not been tried: none at the end. */
  readonly #frontier: (Seen | undefined)[] = [];
  readonly #known = new Map<string, number>();
  readonly #sampled = new Map<number, Seen>();
  readonly #core: Core;
  readonly #course: Course;
  readonly #watch: Watch;
  readonly #lookout: Lookout;

  constructor(core: Core, course: Course, watch: Watch = {}) {
    this.#core = core;
    this.#course = course;
    this.#watch = watch;
    this.#lookout = watch.lookout ?? lookoutFor();
    this.#reach(forgetful(course.first(core)), -1, undefined);
    for (let index = 0; index < this.#frontier.length; index += 1) this.#tryAll(index);
  }

  /** How many states are still to be looked at. */
  get left(): number {
    return this.#frontier.filter((seen) => seen !== undefined).length;
  }

  /** The shortest way to a state. */
  wayTo(index: number): Turn[] {
    const turns: Turn[] = [];
    for (let node = this.nodes[index]; node?.by; node = this.nodes[node.from]) turns.push(node.by);
    return turns.toReversed();
  }

  #tryAll(index: number): void {
    const seen = this.#frontier[index];
    if (!seen) return;
    for (const candidate of this.#course.commandsAt(seen)) this.#try(index, seen, candidate);
    this.#frontier[index] = undefined;
    if (index > (this.#watch.most ?? Number.POSITIVE_INFINITY)) throw new Error(`more than ${index} states`);
    if (index % 10_000 === 9_999) this.#watch.progress?.(index + 1, this.nodes.length - index - 1);
  }

  #try(index: number, seen: Seen, candidate: Candidate): void {
    this.commands += 1;
    const judged: Judged = judge(this.#core, seen, candidate.command, candidate.at);
    this.#check(this.#lookout.atCommand(judged), index, candidate);
    if (candidate.at === seen.now || candidate.column === 'time-passes') this.#watch.matrix?.note(seen, candidate.column, judged);
    if (judged.after === seen) return;
    if (candidate.isLookedAtOnly) return this.#check(this.#lookout.atState(judged.after, this.#core), index, candidate);
    if (judged.events.length > 0) this.transitions += 1;
    const next = this.#reach(forgetful(judged.after), index, candidate);
    if (next !== index && isAskedFor(seen, candidate.command)) this.nodes[index]?.waysOn.push(next);
  }

  /** The number of a state, new or known. */
  #reach(seen: Seen, from: number, by: Candidate | undefined): number {
    const form = this.#course.formOf(seen);
    const before = this.#known.get(form);
    if (before !== undefined) {
      const first = this.#sampled.get(before);
      if (first && JSON.stringify(first.order) !== JSON.stringify(seen.order)) this.#collide(before, { first, again: seen });
      return before;
    }
    const index = this.nodes.length;
    const isEnd = this.#course.isEnd(seen);
    this.nodes.push({ from, by, isEnd, waysOn: [] });
    this.#known.set(form, index);
    this.#frontier.push(isEnd && this.#course.stopsAtEnds ? undefined : seen);
    if (this.#frontier[index] && index % (this.#watch.sampleEvery ?? Number.POSITIVE_INFINITY) === 0) this.#sampled.set(index, seen);
    this.#check(this.#lookout.atState(seen, this.#core), index);
    return index;
  }

  #collide(index: number, collision: Collision): void {
    this.#sampled.delete(index);
    this.collisions.push(collision);
  }

  #check(fault: Fault | undefined, index: number, by?: Candidate): void {
    if (fault) throw new Broken(fault, [...this.wayTo(index), ...(by ? [by] : [])]);
  }
}

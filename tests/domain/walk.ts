import { type ActName, actSpec, exampleFor } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, decide, evolve } from '../../domain/order.ts';
import { plan } from '../../domain/plan.ts';
import { readAct } from '../../domain/read-act.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Role } from '../../domain/roles.ts';
import { correctable } from '../../domain/stages/corrections.ts';
import type { Order } from '../../domain/state.ts';
import { type StepName, stepNames, type StepResults } from '../../domain/steps.ts';
import { unitsToShip } from '../../domain/waves.ts';
import { goodResults, type Rehearsal } from '../support/orders.ts';
import type { Move } from './moves.ts';

/** A command that was judged, and what came of it. */
export interface Taken {
  readonly before: Order;
  readonly command: Command;
  readonly since: number;
  readonly at: number;
  readonly answer: OrderEvent[] | Refusal;
  readonly after: Order;
}

const other: { readonly [S in StepName]?: StepResults[S] } = {
  'screen-parties': { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] },
  'reserve-stock': { outcome: 'short', free: 7 },
  ship: { outcome: 'stale-epoch', changes: [{ id: 'D', effect: 'hold', epoch: 12, reason: 'review' }] },
};
/** So many of the units that failed have no other. */
function replacedBut(order: Order, missing: (failed: number) => number): StepResults['replace-units'] {
  const { fulfillment: now } = order;
  if (now.state !== 'units-failed') return goodResults['replace-units'];
  const { lot, units } = now.failed;
  const others = units - missing(units);
  return { replaced: others > 0 ? [{ lot, units: others }] : [], missing: units - others };
}
const pickOf = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** An order on its journey, deep-frozen; every command that it is given is shown to `look`. */
export class Walk {
  order: Order;
  now: number;
  readonly events: OrderEvent[];
  readonly #look: (taken: Taken) => void;
  #since: number;
  #acts = 0;

  constructor(start: Rehearsal, look: (taken: Taken) => void = () => undefined) {
    this.order = deepFreeze(start.order);
    this.now = start.now;
    this.#since = start.now;
    this.events = [...start.events];
    this.#look = look;
  }

  along(moves: readonly Move[]): void {
    this.take({ type: 'submitted' });
    moves.forEach((move) => this.move(move));
  }

  move(next: Move): void {
    switch (next.kind) {
      case 'wait':
        this.now += next.ms;
        this.take({ type: 'deadline-reached' });
        return;
      case 'policy':
        this.take({ type: 'policy-changed', change: { id: next.id, effect: next.effect, epoch: next.epoch, reason: 'review' } });
        return;
      case 'stray':
        if (next.how === 'good') this.take({ type: 'step-done', report: { step: next.step, wish: next.wish, result: goodResults[next.step] } });
        else this.take({ type: 'step-failed', step: next.step, wish: next.wish, reason: 'stray' });
        return;
      case 'answer':
        this.#answerOne(pickOf(this.inState('running'), next.pick), next.how);
        return;
      case 'act':
        this.act(next.name, next.by, next.name === 'correct' ? { ...next.fields, ...this.#entry() } : next.fields, next.id);
        return;
      case 'asked':
        this.doAsked(next.pick, next.fields);
        return;
      case 'mend':
        this.mend(next.pick, next.fields['outcome']);
        return;
    }
  }

  /** A decision that may be corrected, where there is one. */
  #entry(): { readonly entry?: string } {
    const [one] = correctable(this.order);
    return one ? { entry: one.entry } : {};
  }

  /** Takes a command and starts what the order wants then, as the workflow does. */
  take(command: Command): boolean {
    const before = this.order;
    const answer = decide(before, command, this.now);
    if (!isRefusal(answer)) {
      this.events.push(...answer);
      this.order = deepFreeze(answer.reduce(evolve, before));
    }
    this.#look({ before, command, since: this.#since, at: this.now, answer, after: this.order });
    this.#since = this.now;
    for (const { step } of plan(this.order).run) this.take({ type: 'step-started', step });
    return !isRefusal(answer);
  }

  act(name: ActName, by: Role | undefined, fields: Readonly<Record<string, unknown>> = actSpec(name).example, id = `w-${(this.#acts += 1)}`): boolean {
    const act = readAct(name, { by: by ?? actSpec(name).by[0], ...fields }, id);
    return !isRefusal(act) && this.take({ type: 'act', act });
  }

  /** What a world in which everything goes well answers, by what the order asks of it. */
  #good(step: StepName): StepResults[StepName] {
    if (step === 'replace-units') return replacedBut(this.order, () => 0);
    return step === 'reduce-stock' ? { kept: unitsToShip(this.order) } : goodResults[step];
  }

  /** What it answers where things go otherwise. */
  #other(step: StepName): StepResults[StepName] {
    return step === 'replace-units' ? replacedBut(this.order, (failed) => (failed > 1_000 ? failed : 1)) : (other[step] ?? this.#good(step));
  }

  answer(step: StepName, result: StepResults[StepName] = this.#good(step)): boolean {
    return this.take({ type: 'step-done', report: { step, wish: this.order.steps[step]?.wish ?? 0, result } });
  }

  /** Does one of the acts that people are asked for, with its example and what of `fields` it has. */
  doAsked(pick: number, fields: Readonly<Record<string, unknown>> = {}): boolean {
    const asked = pickOf(
      plan(this.order).asks.flatMap((ask) => ask.acts.map((name) => ({ name, by: ask.role }))),
      pick,
    );
    if (!asked || asked.name === 'retry-step' || asked.name === 'settle-step') return this.mend(pick, fields['outcome']);
    const known = Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(actSpec(asked.name).fields, name)));
    return this.act(asked.name, asked.by, { ...exampleFor(asked.name, asked.by), ...known });
  }

  /** Mends one of the failed steps: tries it again, or settles it where an outcome is given. */
  mend(pick: number, outcome?: unknown): boolean {
    const step = pickOf(this.inState('failed'), pick);
    if (!step) return false;
    return outcome === undefined
      ? this.act('retry-step', 'seller.desk', { step })
      : this.act('settle-step', 'seller.desk', { step, outcome, evidence: 'receipt 4711' });
  }

  inState(state: 'running' | 'failed'): StepName[] {
    return stepNames.filter((step) => this.order.steps[step]?.state === state);
  }

  #answerOne(step: StepName | undefined, how: 'good' | 'other' | 'failed'): void {
    if (!step) return;
    if (how === 'failed') this.take({ type: 'step-failed', step, wish: this.order.steps[step]?.wish ?? 0, reason: 'unavailable' });
    else this.answer(step, how === 'other' ? this.#other(step) : this.#good(step));
  }
}

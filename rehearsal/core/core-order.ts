import type { Act } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, decide, evolve, openOrder } from '../../domain/order.ts';
import { plan } from '../../domain/plan.ts';
import type { PolicyChange } from '../../domain/policy-change.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Order } from '../../domain/state.ts';
import type { Call, StepName } from '../../domain/steps.ts';
import type { OrderTerms, Policy } from '../../domain/terms.ts';
import type { CoreWorld } from './world.ts';

/** One order on the pure core: what the workflow does with a server, done at once, on a clock of the order's own (epoch milliseconds). */
export class CoreOrder {
  order: Order;
  events: OrderEvent[] = [];
  #now: number;
  readonly #world: CoreWorld;

  constructor(terms: OrderTerms, policy: Policy, world: CoreWorld, at: number) {
    this.order = openOrder(terms, policy);
    this.#world = world;
    this.#now = at;
    this.#take({ type: 'submitted' });
    this.#work();
  }

  /** When something next happens to the order by itself; undefined where it waits for people alone. */
  get deadline(): number | undefined {
    return plan(this.order).deadline?.at;
  }

  /** Lets the order's time pass until `at`, never back. */
  passTime(at: number): void {
    this.#now = Math.max(this.#now, at);
    this.#take({ type: 'deadline-reached' });
    this.#work();
  }

  /** Does an act; answers what it led to, or why it was refused. */
  act(act: Act): readonly OrderEvent[] | Refusal {
    const answer = this.#take({ type: 'act', act });
    this.#work();
    return answer;
  }

  hear(change: PolicyChange): void {
    this.#take({ type: 'policy-changed', change });
    this.#work();
  }

  /** What a new worker does that finds the order in Temporal: it makes the order anew from all that happened. */
  readAnew(): void {
    this.order = this.events.reduce(evolve, openOrder(this.order.terms, this.order.policy));
  }

  #take(command: Command): readonly OrderEvent[] | Refusal {
    const answer = decide(this.order, command, this.#now);
    if (isRefusal(answer)) return answer;
    this.events.push(...answer);
    this.order = answer.reduce(evolve, this.order);
    return answer;
  }

  #work(): void {
    for (let [call] = plan(this.order).run; call; [call] = plan(this.order).run) this.#perform(call);
  }

  #perform<S extends StepName>(call: Call<S>): void {
    const { step } = call;
    const wish = this.order.steps[step]?.wish ?? 0;
    this.#take({ type: 'step-started', step });
    const performed = this.#world.perform(call, this.order.terms.id, this.#now);
    this.#now += performed.tookMs;
    if ('failed' in performed) this.#take({ type: 'step-failed', step, wish, reason: performed.failed });
    else this.#take({ type: 'step-done', report: { step, wish, result: performed.result } });
  }
}

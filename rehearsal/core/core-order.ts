import type { Act } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, evolve, openOrder, take } from '../../domain/order.ts';
import { type Plan, plan } from '../../domain/plan.ts';
import type { PolicyChange } from '../../domain/policy-change.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Signed } from '../../domain/signing/signed.ts';
import type { Order } from '../../domain/state.ts';
import type { Call, StepName } from '../../domain/steps.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CoreWorld } from './world.ts';

/** An order wants some ten steps in a row; far more are a circle. */
const patience = 1_000;

/** A step that was started, and what will be heard of it when. */
interface InFlight {
  readonly at: number;
  readonly report: Command;
}

/** One order on the pure core: what the workflow does with a server, done at once, on a clock of the order's own (epoch milliseconds). */
export class CoreOrder {
  order: Order;
  events: OrderEvent[] = [];
  readonly #opened: Order;
  #now: number;
  #plan: Plan;
  readonly #world: CoreWorld;

  /** `submittedBy` makes it an order of signed acts. */
  constructor(terms: OrderTerms, policy: Policy, world: CoreWorld, at: number, submittedBy?: Signed) {
    this.#opened = openOrder(terms, policy, submittedBy && {});
    this.order = this.#opened;
    this.#world = world;
    world.stock.claim(terms);
    this.#now = at;
    this.#plan = plan(this.order);
    this.#take({ type: 'submitted', signed: submittedBy });
    this.#work();
  }

  get id(): string {
    return this.order.terms.id;
  }

  get isClosed(): boolean {
    return this.#plan.closed;
  }

  /** When something next happens to the order by itself; undefined where it waits for people alone. */
  get deadline(): number | undefined {
    return this.#plan.deadline?.at;
  }

  /** Lets the order's time pass until `at`, never back. */
  passTime(at: number): void {
    this.#now = Math.max(this.#now, at);
    if (this.deadline === undefined || this.deadline > this.#now) return;
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

  /** Hears that stock has been set aside for it. */
  hearOfStock(key: string): void {
    this.#take({ type: 'stock-freed', key });
    this.#work();
  }

  /** What a new worker does that finds the order in Temporal: it makes the order anew from all that happened. */
  readAnew(): void {
    this.order = this.events.reduce(evolve, this.#opened);
  }

  #take(command: Command): readonly OrderEvent[] | Refusal {
    const taken = take(this.order, command, this.#now);
    if (isRefusal(taken)) return taken;
    this.events.push(...taken.events);
    this.order = taken.order;
    return taken.events;
  }

  /** Starts what the order wants and takes the answers as they come, until nothing is in flight and nothing is wanted. */
  #work(): void {
    const inFlight: InFlight[] = [];
    for (let answers = 0; answers < patience; answers += 1) {
      this.#plan = plan(this.order);
      for (const call of this.#plan.run) inFlight.push(this.#start(call));
      if (inFlight.length > 1) inFlight.sort((a, b) => a.at - b.at);
      const next = inFlight.shift();
      if (!next) return;
      this.#now = next.at;
      this.#take(next.report);
    }
    throw new Error(`order ${this.id} has had ${patience} answers in a row and still wants more: it goes in a circle`);
  }

  #start<S extends StepName>(call: Call<S>): InFlight {
    const { step } = call;
    const wish = this.order.steps[step]?.wish ?? 0;
    this.#take({ type: 'step-started', step });
    const performed = this.#world.perform(call, this.id, this.#now);
    const at = this.#now + performed.tookMs;
    if ('failed' in performed) return { at, report: { type: 'step-failed', step, wish, reason: performed.failed } };
    return { at, report: { type: 'step-done', report: { step, wish, result: performed.result } } };
  }
}

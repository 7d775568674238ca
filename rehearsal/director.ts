import type { Scenario, ScenarioStep } from '../edge/scenario.ts';
import { differencesOf } from './expectations.ts';
import type { NotTaken, Theatre } from './theatre.ts';
import { type Difference, type Told, type ToldOrder, toldOrder } from './told.ts';

type StepOf<K extends ScenarioStep['kind']> = Extract<ScenarioStep, { kind: K }>;
/** How many steps of the story have been told, said before each. */
export type Progress = (done: number, of: number) => void;

/** Tells a story in a theatre, step by step, and compares what became of its orders with what it expects. */
export async function tell(story: Scenario, theatre: Theatre, progress: Progress = () => undefined): Promise<Told> {
  return await new Director(story, theatre, progress).tell();
}

class Director {
  readonly #story: Scenario;
  readonly #theatre: Theatre;
  readonly #progress: Progress;
  readonly #refused: Told['refused'][number][] = [];
  readonly #differences: Difference[] = [];
  /** Messages that were sent and have not arrived yet. */
  #onTheWay: readonly { readonly at: number; readonly arrive: () => Promise<void> }[] = [];
  #waiting: Scenario['orders'];

  constructor(story: Scenario, theatre: Theatre, progress: Progress) {
    this.#story = story;
    this.#theatre = theatre;
    this.#progress = progress;
    this.#waiting = story.orders.toSorted((a, b) => a.submitted - b.submitted);
  }

  async tell(): Promise<Told> {
    const { title, start, steps, stock, until, vetted } = this.#story;
    await this.#theatre.vet(vetted);
    for (const lot of stock) await this.#theatre.receive(lot, start);
    await this.#until(start);
    for (const [index, step] of steps.entries()) {
      this.#progress(index, steps.length);
      await this.#until(step.at);
      await this.#play(step, index + 1);
    }
    await this.#until(
      Math.max(until ?? start, steps.at(-1)?.at ?? start, ...this.#onTheWay.map((one) => one.at), ...this.#waiting.map((one) => one.submitted)),
    );
    this.#progress(steps.length, steps.length);
    const orders: Record<string, ToldOrder> = {};
    for (const { terms } of this.#story.orders) orders[terms.id] = toldOrder(await this.#theatre.read(terms.id));
    for (const expected of this.#story.expect) {
      const was = orders[expected.order];
      if (was) this.#differences.push(...differencesOf(expected.order, expected, was));
    }
    const differences = this.#differences;
    return { scenario: title, engine: this.#theatre.engine, orders, refused: this.#refused, differences, passed: differences.length === 0 };
  }

  /** Lets time pass until `at`; orders are submitted and messages arrive on the way. */
  async #until(at: number): Promise<void> {
    for (;;) {
      const [order] = this.#waiting.filter((one) => one.submitted <= at);
      const [message] = this.#onTheWay.filter((one) => one.at <= at).toSorted((a, b) => a.at - b.at);
      if (order && order.submitted <= (message?.at ?? Infinity)) {
        this.#waiting = this.#waiting.filter((one) => one !== order);
        await this.#theatre.passTime(order.submitted);
        await this.#theatre.submit(order.terms, order.policy, order.submitted);
      } else if (message) {
        this.#onTheWay = this.#onTheWay.filter((one) => one !== message);
        await this.#theatre.passTime(message.at);
        await message.arrive();
      } else {
        await this.#theatre.passTime(at);
        return;
      }
    }
  }

  async #play(step: ScenarioStep, number: number): Promise<void> {
    switch (step.kind) {
      case 'act':
        return await this.#act(step, number);
      case 'policy':
        return await this.#policy(step, number);
      case 'stock':
        return await this.#theatre.receive(step.lot, step.at);
      case 'license':
        return this.#judge(number, `license ${step.change.number}`, undefined, await this.#theatre.changeLicense(step.change, `step-${number}`, step.at));
      case 'fault':
        return await this.#theatre.plant(step);
      case 'kill-worker':
        return await this.#theatre.killWorker();
      case 'expect':
        this.#differences.push(...differencesOf(`step ${number}: ${step.order}`, step.expected, toldOrder(await this.#theatre.read(step.order))));
    }
  }

  async #act({ at, order, name, by, fields, id, isTwice, arrives = at, refused, signature }: StepOf<'act'>, number: number): Promise<void> {
    const act = { id: id ?? `step-${number}`, name, by, fields, signature };
    this.#send(arrives, isTwice, async () => {
      this.#judge(number, `${order} ${name} by ${by}`, refused, await this.#theatre.act(order, act, arrives));
    });
    await this.#until(at);
  }

  /** A change is effective from the moment it is on the board; the order hears of it when the message arrives. */
  async #policy({ at, order, effect, hold, reason, isTwice, arrives = at, refused, signature }: StepOf<'policy'>, number: number): Promise<void> {
    const change = await this.#theatre.recordChange(order, { id: hold, effect, reason });
    this.#judge(number, `${order} ${effect} ${hold}`, refused, 'code' in change ? change : undefined);
    if (!('code' in change)) this.#send(arrives, isTwice, () => this.#theatre.tellChange(order, change, signature, arrives));
    await this.#until(at);
  }

  #send(at: number, isTwice: boolean, arrive: () => Promise<void>): void {
    this.#onTheWay = [...this.#onTheWay, { at, arrive }, ...(isTwice ? [{ at, arrive }] : [])];
  }

  #judge(number: number, what: string, expected: string | undefined, answer: NotTaken | undefined): void {
    if (answer) this.#refused.push({ step: number, ...answer });
    if (answer?.code === expected) return;
    const tell = (code: string | undefined, message = ''): string => (code === undefined ? 'taken' : `refused as ${code}${message && ` (${message})`}`);
    this.#differences.push({ where: `step ${number}: ${what}`, expected: tell(expected), was: tell(answer?.code, answer?.message) });
  }
}

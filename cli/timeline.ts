import { styleText } from 'node:util';
import { stepFaults } from '../domain/faults.ts';
import { plan } from '../domain/plan.ts';
import type { Ask } from '../domain/stage.ts';
import type { Scenario } from '../edge/scenario.ts';
import type { NotTaken, Theatre } from '../rehearsal/theatre.ts';
import { storyMinute } from '../rehearsal/told.ts';
import { describe } from './narrate.ts';
import { count } from './output.ts';

const day = 86_400_000;
const calendarDay = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** A theatre whose story is told while it is played: each fact once, under its day and hour, and where each order stands then. */
export function narrating(theatre: Theatre, scenario: Scenario, say: (line: string) => void): Theatre {
  const timeline = new Timeline(theatre, scenario, say);
  return {
    engine: theatre.engine,
    receive: async (lot, at) => {
      await theatre.receive(lot, at);
      const opens = lot.opensAt === undefined ? '' : `, open from ${calendarDay.format(lot.opensAt)}`;
      timeline.aside(`stock: lot ${lot.id}, ${count(lot.units)} x ${lot.product}${opens}`);
    },
    vet: (customers) => theatre.vet(customers),
    changeLicense: (change, key, at) => theatre.changeLicense(change, key, at),
    plant: async (fault) => {
      await theatre.plant(fault);
      timeline.aside(`fault: ${fault.step} of ${fault.order}, ${fault.times} x ${fault.fault} (${stepFaults[fault.fault]})`);
    },
    submit: async (terms, policy, at) => {
      await theatre.submit(terms, policy, at);
      await timeline.follow(terms.id, at);
    },
    passTime: async (at) => {
      await theatre.passTime(at);
      await timeline.goOn(at);
    },
    act: async (order, act, at) => {
      const answer = await theatre.act(order, act, at);
      await timeline.goOn(at);
      timeline.notTaken(order, `${act.name} by ${act.by}`, answer);
      return answer;
    },
    recordChange: async (order, change) => {
      const answer = await theatre.recordChange(order, change);
      timeline.notTaken(order, `${change.effect} ${change.id}`, 'code' in answer ? answer : undefined);
      return answer;
    },
    tellChange: async (order, change, signature, at) => {
      await theatre.tellChange(order, change, signature, at);
      await timeline.goOn(at);
    },
    killWorker: async () => {
      await theatre.killWorker();
      timeline.aside('the worker was killed, and another has taken its place');
    },
    read: (order) => theatre.read(order),
  };
}

class Timeline {
  readonly #theatre: Theatre;
  readonly #say: (line: string) => void;
  readonly #start: number;
  readonly #width: number;
  /** How many facts of each order have been told. */
  readonly #told = new Map<string, number>();
  readonly #standing = new Map<string, string>();
  #heading = '';
  #now: number;

  constructor(theatre: Theatre, { start, orders }: Scenario, say: (line: string) => void) {
    this.#theatre = theatre;
    this.#say = say;
    this.#start = start;
    this.#now = start;
    this.#width = Math.max(...orders.map(({ terms }) => terms.id.length));
  }

  async follow(order: string, at: number): Promise<void> {
    this.#told.set(order, 0);
    await this.goOn(at);
  }

  /** Tells what is new by the moment `at`, oldest first, and then where the orders stand that have moved. */
  async goOn(at: number): Promise<void> {
    const news: { readonly at: number; readonly order: string; readonly text: string }[] = [];
    const moved: { readonly order: string; readonly text: string }[] = [];
    for (const [id, known] of this.#told) {
      const { order, events } = await this.#theatre.read(id);
      this.#told.set(id, events.length);
      for (const event of events.slice(known)) {
        const text = describe(event);
        if (text !== undefined) news.push({ at: event.at, order: id, text });
      }
      const next = plan(order);
      const text = `-> ${next.stage}, waits on ${awaited(next.asks)}`;
      if (next.closed || this.#standing.get(id) === text) continue;
      this.#standing.set(id, text);
      moved.push({ order: id, text: styleText('dim', text) });
    }
    for (const one of news.toSorted((a, b) => a.at - b.at)) this.#line(one.at, one.order, one.text);
    for (const { order, text } of moved) this.#line(this.#now, order, text);
    this.#now = Math.max(this.#now, at);
  }

  notTaken(order: string, what: string, answer: NotTaken | undefined): void {
    if (answer) this.#line(this.#now, order, `${styleText('yellow', `refused ${what}`)}: ${answer.code}: ${answer.message}`);
  }

  /** Something that happens to no order. */
  aside(text: string): void {
    this.#line(this.#now, '', styleText('dim', text));
  }

  #line(at: number, order: string, text: string): void {
    this.#now = Math.max(this.#now, at);
    const minute = storyMinute(at);
    const heading = `day ${Math.floor((minute - this.#start) / day)}  ${calendarDay.format(minute)}`;
    if (heading !== this.#heading) this.#say(`\n${styleText('bold', heading)}`);
    this.#heading = heading;
    this.#say(`  ${new Date(minute).toISOString().slice(11, 16)}  ${order.padEnd(this.#width)}  ${text}`);
  }
}

/** Who is asked for what: `us.state, us.energy to recommend; buyer to apply-purchase`. */
function awaited(asks: readonly Ask[]): string {
  const byActs = new Map<string, string[]>();
  for (const { role, acts } of asks) {
    const what = acts.length > 0 ? acts.join(' or ') : 'lift the hold';
    byActs.set(what, [...(byActs.get(what) ?? []), role]);
  }
  return [...byActs].map(([what, roles]) => `${roles.join(', ')} to ${what}`).join('; ') || 'nobody';
}

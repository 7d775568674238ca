import { plan } from '../../domain/plan.ts';
import { activeHolds, type Order } from '../../domain/state.ts';
import type { Role } from '../../domain/roles.ts';
import { isRecordable } from '../../domain/signing/standing.ts';
import { stepNames } from '../../domain/steps.ts';
import { parseDocumentText } from '../../edge/documents.ts';
import { scenarioIn } from '../../edge/scenario-file.ts';
import type { Scenario } from '../../edge/scenario.ts';
import { openCoreTheatre } from '../../rehearsal/core/core-theatre.ts';
import { tell } from '../../rehearsal/director.ts';
import { type Dice, diceOf } from './dice.ts';
import { generatedAct } from './generated-act.ts';
import type { Fields } from './generated-fields.ts';
import { papersOf } from './generated-papers.ts';

/** A scenario file before it is written: the same story can be read, told and kept. */
export interface WrittenStory {
  readonly scenario: string;
  readonly start: string;
  readonly policy: string;
  readonly signed: boolean;
  readonly notVetted: readonly string[];
  readonly stock: readonly Fields[];
  readonly orders: readonly (Fields & { readonly id: string; readonly submitted: string })[];
  readonly steps: readonly Fields[];
  readonly expect: readonly Fields[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2025, 11, 22);
const written = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** The story that a scenario file of these words tells. */
export const storyOf = (story: WrittenStory): Scenario => scenarioIn(parseDocumentText(`${story.scenario}.json`, JSON.stringify(story)));

/** A story as the seed has it: a few orders, and what people, the world and policy do to them, mostly what makes sense. */
export async function generatedStory(seed: number): Promise<WrittenStory> {
  const dice = diceOf(seed);
  const product = dice.oneOf(['H200', 'H20', 'MI325X', 'H200', 'MI325X', 'B200', 'Gaudi3']);
  const policy = dice.oneOf(['2025-12-announcement', '2025-12-announcement', '2026-01-rule', 'us-ladder']);
  const orders = Array.from({ length: 1 + dice.upTo(2) }, (_, index) => anOrder(dice, index + 1, product));
  const stock = [
    { lot: 'L1', product, units: 400 + dice.upTo(1_000) },
    { lot: 'L2', product, units: 600, ...(dice.in100(50) && { opens: written(start + dice.upTo(60) * day) }) },
  ];
  const bare = { scenario: `a story generated from seed ${seed}`, start: written(start), policy, stock, orders };
  const notVetted = dice.in100(10) ? ['customer-1'] : [];
  // Papers are brought at the beginning, mostly: they are many, and a story is short.
  const steps = dice.in100(85)
    ? orders.flatMap((order) => (order.submitted === written(start) ? papersOf(policy, product, order.id, written(start)) : []))
    : [];
  return await new Writer(dice, product, { ...bare, notVetted, signed: dice.in100(40), steps, expect: [] }).write(14 + dice.upTo(28));
}

const anOrder = (dice: Dice, number: number, product: string) => ({
  id: `G-${number}`,
  customer: dice.in100(10) ? `listed-${number}` : `customer-${number}`,
  customerClass: dice.oneOf(['core', 'standard', 'startup']),
  product,
  units: 1 + dice.upTo(600),
  unitPriceMinor: 1 + dice.upTo(3_000_000),
  currency: 'USD',
  endUse: dice.oneOf(['model-training', 'research', 'civil-cloud']),
  reviews: dice.oneOf(['in-sequence', 'side-by-side']),
  fileApplication: dice.in100(75) ? 'when-allocated' : 'by-act',
  submitted: written(start + (number === 1 || dice.in100(70) ? 0 : dice.upTo(20) * day)),
});

/** Writes a story step by step, and looks on the pure core where its orders stand before each. */
class Writer {
  readonly #dice: Dice;
  readonly #product: string;
  #story: WrittenStory;
  #at = start;
  #faults = 0;
  #kills = 0;

  constructor(dice: Dice, product: string, bare: WrittenStory) {
    this.#dice = dice;
    this.#product = product;
    this.#story = bare;
  }

  async write(length: number): Promise<WrittenStory> {
    for (let step = 0; step < length; step += 1) {
      const orders = await this.#orders();
      this.#at += this.#pause(orders);
      const open = orders.filter((order) => order.outcome === undefined);
      const next = this.#next(this.#dice.oneOf(open.length > 0 && this.#dice.in100(95) ? open : orders));
      this.#story = { ...this.#story, steps: [...this.#story.steps, { at: written(this.#at), ...next }] };
    }
    return this.#story;
  }

  /** The orders that have been submitted, as they stand. */
  async #orders(): Promise<Order[]> {
    const orders = this.#story.orders.filter((order) => order.submitted <= written(this.#at));
    const story = { ...storyOf({ ...this.#story, orders }), until: this.#at };
    const theatre = openCoreTheatre(story);
    await tell(story, theatre);
    return await Promise.all(orders.map(async ({ id }) => (await theatre.read(id)).order));
  }

  /** Often none, sometimes beyond a deadline, or to the very minute of one; after a fault at least some minutes, which its retries take. */
  #pause(orders: readonly Order[]): number {
    const retries = this.#faults > 0 && !('fault' in (this.#story.steps.at(-1) ?? {})) ? 5 * minute : 0;
    const dice = this.#dice;
    if (dice.in100(40)) return retries;
    if (dice.in100(35)) return dice.upTo(48) * hour + retries;
    if (dice.in100(60)) return dice.upTo(12) * day + retries;
    const deadlines = orders.flatMap((order) => plan(order).deadline?.at ?? []).filter((at) => at > this.#at + 10 * minute);
    if (deadlines.length === 0 || dice.in100(25)) return (20 + dice.upTo(20)) * day;
    return Math.floor(dice.oneOf(deadlines) / minute) * minute - this.#at + dice.oneOf([-2, 0, 1]) * minute;
  }

  #next(order: Order): Fields {
    const dice = this.#dice;
    const { id } = order.terms;
    if (this.#faults < 2 && dice.in100(6)) return { order: id, ...this.#fault(order) };
    if (this.#kills === 0 && dice.in100(1)) {
      this.#kills += 1;
      return { kill: 'worker' };
    }
    if (dice.in100(3)) return { stock: { lot: `L-${this.#story.steps.length}`, product: this.#product, units: 100 + dice.upTo(600) } };
    const holds = activeHolds(order);
    if (dice.in100(holds.length > 0 ? 50 : 4)) return { order: id, ...this.#signed(this.#policy(holds)), ...this.#delivery() };
    return { order: id, ...this.#signed(generatedAct(dice, order)), ...this.#delivery(), ...(dice.in100(3) && { id: 'the-same-id' }) };
  }

  /** In a story of signed acts: now and then by people who go around, and now and then recorded by the desk. */
  #signed<F extends Fields & { readonly by: Role }>(act: F): Fields {
    if (!this.#story.signed) return act;
    const dice = this.#dice;
    const people = ['pat', 'kim', 'demo.seller-desk', 'demo.us-commerce'];
    const isRecorded = isRecordable(act.by) && dice.in100(15);
    return {
      ...act,
      ...(dice.in100(4) && { signer: dice.oneOf(people) }),
      ...(dice.in100(4) && { confirmedBy: dice.oneOf(people) }),
      ...(isRecorded && { recordedOn: { issuerNumber: 'DOC-1', decided: written(this.#at - dice.upTo(5) * day) } }),
    };
  }

  /** How a message travels: mostly at once, sometimes twice, sometimes late. */
  #delivery(): Fields {
    return { ...(this.#dice.in100(6) && { deliver: 'twice' }), ...(this.#dice.in100(6) && { arrives: written(this.#at + (1 + this.#dice.upTo(72)) * hour) }) };
  }

  #policy(holds: readonly string[]): Fields & { readonly by: Role } {
    const dice = this.#dice;
    const hold = holds.length > 0 && dice.in100(85) ? dice.oneOf(holds) : dice.oneOf(['P-1', 'P-2']);
    const act = holds.includes(hold) || dice.in100(10) ? 'lift' : 'hold';
    return { by: 'policy.admin', act, hold, reason: 'review of the announced policy' };
  }

  /** Times that lie clear of the half minute, to which a story is told. */
  #fault({ steps }: Order): Fields {
    this.#faults += 1;
    const dice = this.#dice;
    const ahead = stepNames.filter((one) => steps[one] === undefined);
    const step = dice.oneOf(ahead.length > 0 ? ahead.slice(0, 4) : stepNames);
    if (dice.in100(8)) return { step, fault: dice.oneOf(['late', 'worker-killed']) };
    return {
      step,
      ...dice.oneOf<Fields>([
        { fault: 'unavailable', times: dice.oneOf([1, 2, 3, 8]) },
        { fault: 'answer-lost', times: dice.oneOf([1, 2, 8]) },
        { fault: 'rejected' },
        { fault: 'twice' },
      ]),
    };
  }
}

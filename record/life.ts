import { isActName } from '../domain/acts.ts';
import type { OrderEvent } from '../domain/events.ts';
import { meaningOf } from '../domain/reports.ts';
import { type Command, decide, evolve, openOrder } from '../domain/order.ts';
import { importDigest } from '../domain/past.ts';
import { plan } from '../domain/plan.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Grounds } from '../domain/signing/grounds.ts';
import { isBeginning } from '../domain/signing/claims.ts';
import { importFault } from '../domain/signing/import-claims.ts';
import type { Keyring } from '../domain/signing/keyring.ts';
import type { Primitives } from '../domain/signing/primitives.ts';
import { type Bound, readSignedAct, readSignedChange } from '../domain/signing/signed-act.ts';
import type { Order } from '../domain/state.ts';
import type { StepName } from '../domain/steps.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { agreedIn } from './agreed.ts';
import { RecordFault, tampered } from './fault.ts';
import type { Chain, Entry } from './format.ts';
import { importIn, livedIn } from './past.ts';
import { differs, type ProvenAct, refusedAt, unrevoked } from './proven-act.ts';
import { answeringAfter, factFault } from './step-facts.ts';

/** Signatures have been checked where an envelope was proven. */
const found: Primitives = { ...nodePrimitives, isSignatureOf: () => true };

/** An order of signed acts that its record is held against: what must follow from each entry by the rules by which orders are carried. */
export class Life {
  #order: Order;
  /** The step whose answer is being told. */
  #answering: StepName | undefined;
  readonly #genesis: string;
  readonly #keyring: Keyring;

  constructor(chain: Chain, genesis: string, keyring: Keyring) {
    const { terms, policy } = agreedIn(chain);
    this.#order = openOrder(terms, policy, {});
    this.#genesis = genesis;
    this.#keyring = unrevoked(keyring);
  }

  /** What an order takes from a signed act, and what follows at once. Throws `RecordFault` where the rules refuse it. */
  afterAct(entry: Entry, act: ProvenAct): readonly OrderEvent[] {
    const { sequence: index, at } = entry;
    this.#answering = undefined;
    if (act.claims.act === 'import') return this.#afterImport(entry, act);
    const command = this.#commandIn(act, { keyring: this.#keyring, at, primitives: found });
    const answer = isRefusal(command) ? command : orDiffers(index, () => decide(this.#order, command, at));
    if (isRefusal(answer)) throw refusedAt(index, answer);
    if (answer.length > 0) return answer;
    throw tampered('rules-refuse', `entry ${index}: nothing follows from this ${act.claims.act} where the order stood`, { index });
  }

  /** What time and the rules alone have brought about by the moment of an entry. */
  afterTime({ sequence: index, at }: Entry): OrderEvent[] {
    this.#answering = undefined;
    const answer = orDiffers(index, () => decide(this.#order, { type: 'deadline-reached' }, at));
    if (!isRefusal(answer) && answer.length > 0) return answer;
    throw tampered('rules-differ', `entry ${index} is told as if it followed by the rules, and nothing does by then`, { index });
  }

  /**
   * A fact of the desk's systems, and what follows with it: the list of customers is told, and the order of one that was declined ends. What they
   * answer is their word; that the order had wanted it is not.
   */
  afterFact({ sequence: index }: Entry, fact: OrderEvent): OrderEvent[] {
    const fault = orDiffers(index, () => factFault(this.#order, fact, this.#answering));
    if (fault !== undefined) throw tampered('rules-differ', `entry ${index} cannot be where the order stood: ${fault}`, { index });
    this.#answering = answeringAfter(fact, this.#answering);
    return fact.type === 'customer-recorded' ? meaningOf(this.#order, 'record-customer', { recorded: 'declined' }, fact.at) : [fact];
  }

  /** Goes on to where the order stands after these. Throws `RecordFault` where they cannot be. */
  goOn(index: number, events: readonly OrderEvent[]): void {
    // Acts that were taken are known to who reads the record; here they would only be copied again and again.
    this.#order = orDiffers(index, () => ({ ...events.reduce(evolve, this.#order), acts: {} }));
  }

  /** Whether an order that stands there is closed. */
  get isClosed(): boolean {
    return plan(this.#order).closed;
  }

  #afterImport(entry: Entry, { claims, signed }: ProvenAct): readonly OrderEvent[] {
    const { sequence: index } = entry;
    const told = importIn(entry);
    const digest = importDigest(told, nodePrimitives);
    if (importFault(claims, digest)) throw differs(index, { ...claims.fields }, { past: digest });
    return orDiffers(index, () => livedIn(entry, this.#order, told, signed));
  }

  #commandIn({ claims: { act: name }, signed, envelope }: ProvenAct, grounds: Grounds): Command | Refusal {
    const bound: Bound = { order: this.#order, genesis: this.#genesis };
    if (isBeginning(name)) return { type: 'submitted', signed };
    if (isActName(name)) {
      const act = readSignedAct(name, envelope, bound, grounds);
      return isRefusal(act) ? act : { type: 'act', act };
    }
    const change = readSignedChange(envelope, bound, grounds);
    return isRefusal(change) ? change : { type: 'policy-changed', change };
  }
}

/** The rules know no state that no order comes to, and fail over it. */
function orDiffers<T>(index: number, follow: () => T): T {
  try {
    return follow();
  } catch (error) {
    if (error instanceof RecordFault) throw error;
    throw tampered('rules-differ', `entry ${index} cannot be where the order stood: ${error instanceof Error ? error.message : String(error)}`, { index });
  }
}

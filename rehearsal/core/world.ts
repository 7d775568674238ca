import { referenceOf, simulatedAnswers } from '../../activities/simulated-answers.ts';
import { attemptMs, attempts, backoffMs } from '../../domain/attempts.ts';
import { lateByMs, type StepFault } from '../../domain/faults.ts';
import type { Call, CustomerStanding, StepInputs, StepName, StepResults } from '../../domain/steps.ts';
import { PolicyBoard } from './policy-board.ts';
import { Stock } from './stock.ts';

interface Occasion {
  readonly key: string;
  readonly orderId: string;
  readonly at: number;
  readonly reference: () => string;
}
/** How a step went after all its attempts, and how long they took in milliseconds. */
export type Performed<S extends StepName> = { readonly tookMs: number } & ({ readonly result: StepResults[S] } | { readonly failed: string });

/** Everything outside the orders of a story, in memory: stock, policy board, and the same simulated other sides as the worker's. */
export class CoreWorld {
  readonly stock = new Stock();
  readonly board = new PolicyBoard();
  /** The list of customers that Commerce has vetted. */
  readonly customers = new Map<string, CustomerStanding>();
  readonly #seed: string;
  readonly #faults = new Map<string, StepFault[]>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The next `times` attempts of the step show the fault; several faults come in the order of their names. */
  plant(order: string, step: StepName, fault: StepFault, times: number): void {
    const others = (this.#faults.get(`${order}/${step}`) ?? []).filter((one) => one !== fault);
    this.#faults.set(
      `${order}/${step}`,
      [...others, ...Array.from({ length: times }, () => fault)].toSorted((a, b) => (a < b ? -1 : 1)),
    );
  }

  /** Makes attempt after attempt as the engine does, with the faults that were planted. */
  perform<S extends StepName>(call: Call<S>, orderId: string, at: number): Performed<S> {
    const { step } = call;
    let tookMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const fault = this.#faults.get(`${orderId}/${step}`)?.shift();
      if (fault === 'rejected') return { tookMs, failed: `simulated: the other side rejects ${step}` };
      const isInTime = fault === undefined || fault === 'twice' || (fault === 'late' && lateByMs < attemptMs(step));
      const result = fault === 'unavailable' ? undefined : this.#answer(call, orderId, at);
      if (fault === 'twice') this.#answer(call, orderId, at);
      if (result && isInTime) return { tookMs: tookMs + (fault === 'late' ? lateByMs : 0), result };
      if (fault === 'late' || fault === 'worker-killed') tookMs += attemptMs(step);
      if (attempt === attempts.most) return { tookMs, failed: whyFailed(step, fault) };
      tookMs += backoffMs(attempt);
    }
  }

  #answer<S extends StepName>(call: Call<S>, orderId: string, at: number): StepResults[S] {
    const { key } = call;
    const occasion: Occasion = { key, orderId, at, reference: () => referenceOf(this.#seed, key) };
    return answers[call.step](this, occasion, call.input);
  }
}

function whyFailed(step: StepName, fault: StepFault | undefined): string {
  if (fault === 'unavailable') return `simulated: the other side of ${step} is unavailable`;
  if (fault === 'answer-lost') return `simulated: the answer of ${step} was lost after it took effect`;
  return 'activity StartToClose timeout';
}

const answers: { readonly [S in StepName]: (world: CoreWorld, occasion: Occasion, input: StepInputs[S]) => StepResults[S] } = {
  'screen-parties': ({ customers }, _occasion, { customer, vetting }) => ({
    ...simulatedAnswers['screen-parties'](customer),
    ...(vetting && { standing: customers.get(customer) ?? 'not-vetted' }),
  }),
  'record-customer': ({ customers }, _occasion, { customer, standing }) => {
    customers.set(customer, standing);
    return { recorded: standing };
  },
  'reserve-stock': ({ stock }, { key, at }, { product, units }) => stock.reserve({ key, at, product, units }),
  'file-application': (_world, { reference }) => simulatedAnswers['file-application'](reference()),
  'notify-license': (_world, { reference }) => simulatedAnswers['notify-license'](reference()),
  'request-inspection': (_world, { reference }) => simulatedAnswers['request-inspection'](reference()),
  'book-shipment': (_world, { reference }) => simulatedAnswers['book-shipment'](reference()),
  ship: ({ stock, board }, { orderId, reference }, { reservationKey, policyEpoch }) => {
    const changes = board.againstShipping(orderId, policyEpoch);
    if (changes.length > 0) return { outcome: 'stale-epoch', changes };
    stock.ship(reservationKey);
    return { outcome: 'shipped', ...simulatedAnswers.ship(reference()) };
  },
  'accrue-levy': (_world, { key }) => ({ entryReference: key }),
  'declare-customs': (_world, { reference }) => simulatedAnswers['declare-customs'](reference()),
  'release-stock': ({ stock }, _occasion, { reservationKey }) => ({ released: stock.release(reservationKey) }),
  'withdraw-application': (_world, { reference }) => simulatedAnswers['withdraw-application'](reference()),
  'cancel-inspection': (_world, { reference }) => simulatedAnswers['cancel-inspection'](reference()),
  'cancel-booking': (_world, { reference }) => simulatedAnswers['cancel-booking'](reference()),
  'notify-ending': (_world, { reference }) => simulatedAnswers['notify-ending'](reference()),
};

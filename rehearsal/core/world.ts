import { referenceOf, simulatedAnswers } from '../../activities/simulated-answers.ts';
import { attemptMs, attempts, backoffMs } from '../../domain/attempts.ts';
import { lateByMs, type StepFault } from '../../domain/faults.ts';
import type { Call, CustomerStanding, StepInputs, StepName, StepResults } from '../../domain/steps.ts';
import { LedgerFault } from './ledger-fault.ts';
import { Licenses } from './licenses.ts';
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
  readonly licenses = new Licenses();
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
      const went = this.#attempt(call, orderId, at, fault);
      tookMs += went.tookMs;
      if ('result' in went) return { tookMs, result: went.result };
      if (attempt === attempts.most) return { tookMs, failed: went.failed };
      tookMs += backoffMs(attempt);
    }
  }

  #attempt<S extends StepName>(call: Call<S>, orderId: string, at: number, fault: StepFault | undefined): Performed<S> {
    const { step } = call;
    const failed = whyFailed(step, fault);
    if (fault === 'unavailable') return { tookMs: 0, failed };
    const answer = this.#answer(call, orderId, at);
    if (fault === 'twice') this.#answer(call, orderId, at);
    const lateMs = fault === 'late' ? lateByMs : 0;
    if (lateMs >= attemptMs(step)) return { tookMs: attemptMs(step), failed };
    if ('thrown' in answer) return { tookMs: lateMs, failed: answer.thrown };
    if (fault === 'answer-lost') return { tookMs: 0, failed };
    return fault === 'worker-killed' ? { tookMs: attemptMs(step), failed } : { tookMs: lateMs, result: answer.result };
  }

  /** An attempt that throws is made again, as on the engine. */
  #answer<S extends StepName>(call: Call<S>, orderId: string, at: number): { readonly result: StepResults[S] } | { readonly thrown: string } {
    const { key } = call;
    const occasion: Occasion = { key, orderId, at, reference: () => referenceOf(this.#seed, key) };
    try {
      return { result: answers[call.step](this, occasion, call.input) };
    } catch (error) {
      if (error instanceof LedgerFault) return { thrown: error.message };
      throw error;
    }
  }
}

function whyFailed(step: StepName, fault: StepFault | undefined): string {
  if (fault === 'unavailable') return `simulated: the other side of ${step} is unavailable`;
  if (fault === 'answer-lost') return `simulated: the answer of ${step} was lost after it took effect`;
  return 'activity StartToClose timeout';
}

const screened =
  (step: 'screen-parties' | 'rescreen-parties') =>
  ({ customers }: CoreWorld, _occasion: Occasion, { customer, vetting }: StepInputs['screen-parties']): StepResults['screen-parties'] => ({
    ...simulatedAnswers[step](customer),
    ...(vetting && { standing: customers.get(customer) ?? 'not-vetted' }),
  });

/** Ships units and takes them off their license, or answers why not. */
function shipped(
  { stock, board, licenses }: CoreWorld,
  occasion: Omit<Occasion, 'reference'>,
  { reservationKey, policyEpoch, units: wanted, license }: StepInputs['ship'],
): Exclude<StepResults['ship'], { outcome: 'shipped' }> | undefined {
  const changes = board.againstShipping(occasion.orderId, policyEpoch);
  if (changes.length > 0) return { outcome: 'stale-epoch', changes };
  const { units, isLast } = stock.leaving(reservationKey, wanted);
  if (license && units !== license.units)
    throw new LedgerFault(`${units} units of reservation ${reservationKey} are to leave, and ${license.units} are to be taken off license ${license.number}`);
  const refused = license && licenses.use(occasion, license);
  if (refused) return refused;
  stock.ship(occasion.key, reservationKey, units);
  if (license && isLast) licenses.giveBack(license.reservationKey);
  return undefined;
}

const answers: { readonly [S in StepName]: (world: CoreWorld, occasion: Occasion, input: StepInputs[S]) => StepResults[S] } = {
  'screen-parties': screened('screen-parties'),
  'rescreen-parties': screened('rescreen-parties'),
  'record-customer': ({ customers }, _occasion, { customer, standing }) => {
    customers.set(customer, standing);
    return { recorded: standing };
  },
  'reserve-stock': ({ stock, licenses }, { key, orderId, at }, { license: need, ...wanted }) => {
    const reserved = stock.reserve({ key, orderId, at, ...wanted });
    if (reserved.outcome !== 'reserved' || !need) return reserved;
    const { product, units } = wanted;
    const license = licenses.cover({ key, orderId, at }, { ...need, product, units });
    return { ...reserved, ...(license && { license }) };
  },
  'file-application': (_world, { reference }) => simulatedAnswers['file-application'](reference()),
  'notify-license': ({ stock, licenses }, { reference, ...occasion }, { licenseNumber, conditions, record }) => {
    if (record) {
      licenses.record(occasion, licenseNumber, conditions, record);
      stock.keep(record.stockKey, record.units, occasion.at);
    }
    return simulatedAnswers['notify-license'](reference());
  },
  'void-license': ({ licenses }, { orderId }, { licenseNumber }) => ({ outcome: licenses.void(orderId, licenseNumber) ? 'voided' : 'not-recorded' }),
  'request-inspection': (_world, { reference }) => simulatedAnswers['request-inspection'](reference()),
  'book-shipment': (_world, { reference }) => simulatedAnswers['book-shipment'](reference()),
  ship: (world, { reference, ...occasion }, input) => {
    const refused = world.stock.isShipped(occasion.key) ? undefined : shipped(world, occasion, input);
    if (refused) return refused;
    const license = world.licenses.balancesOf(occasion.key);
    return { outcome: 'shipped', ...simulatedAnswers.ship(reference()), ...(license && { license }) };
  },
  'accrue-levy': (_world, { key }) => ({ entryReference: key }),
  'declare-customs': (_world, { reference }) => simulatedAnswers['declare-customs'](reference()),
  'quarantine-return': ({ stock }, occasion, { shipmentKey }) => ({ quarantined: stock.quarantineReturn(occasion, shipmentKey) }),
  'replace-units': ({ stock }, occasion, failed) => stock.replace(occasion, failed),
  'reduce-stock': ({ stock }, { at }, { reservationKey, units }) => {
    stock.keep(reservationKey, units, at);
    return { kept: units };
  },
  'release-stock': ({ stock, licenses }, { orderId, at }, { reservationKey, licenseKeys = [], left }) => {
    const released = stock.release(reservationKey, orderId, at, left);
    for (const shipment of stock.neverLeft(reservationKey)) licenses.takeBack(shipment);
    licenses.giveBack(reservationKey);
    for (const key of licenseKeys) licenses.release(key);
    return { released };
  },
  'withdraw-application': (_world, { reference }) => simulatedAnswers['withdraw-application'](reference()),
  'cancel-inspection': (_world, { reference }) => simulatedAnswers['cancel-inspection'](reference()),
  'cancel-booking': (_world, { reference }) => simulatedAnswers['cancel-booking'](reference()),
  'notify-ending': (_world, { reference }) => simulatedAnswers['notify-ending'](reference()),
};

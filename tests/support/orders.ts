import type { Act, ActName } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { type Command, decide, evolve, openOrder } from '../../domain/order.ts';
import { plan } from '../../domain/plan.ts';
import { readAct } from '../../domain/read-act.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Role } from '../../domain/roles.ts';
import type { Order } from '../../domain/state.ts';
import type { StepName, StepResults } from '../../domain/steps.ts';
import type { OrderTerms } from '../../domain/terms.ts';
import type { PolicyOfEdition1, PolicyOfEdition2, ReviewRules } from '../../domain/policy.ts';

export const day = 86_400_000;
/** 22 December 2025, 00:00 UTC: day 0 of the article. */
export const dayZero = Date.UTC(2025, 11, 22);

export const terms = (changes: Partial<OrderTerms> = {}): OrderTerms => ({
  id: 'A-1',
  customer: 'core-cloud-1',
  customerClass: 'core',
  product: 'H200',
  units: 6_000,
  unitPriceMinor: 3_000_000,
  currency: 'USD',
  endUse: 'model-training',
  reviews: 'in-sequence',
  fileApplication: 'when-allocated',
  ...changes,
});

export const policy = (changes: Partial<PolicyOfEdition1> = {}): PolicyOfEdition1 => ({
  id: '2025-12-announcement',
  edition: 1,
  opinionMs: 30 * day,
  levyBasisPoints: 2_500,
  ...changes,
});

/** A policy of today: the announcement's review, unless a test changes it. */
export const policyOfToday = (review: Partial<ReviewRules> = {}, changes: Partial<PolicyOfEdition2> = {}): PolicyOfEdition2 => ({
  id: '2025-12-announcement',
  edition: 2,
  review: {
    opinionMs: 30 * day,
    questionMs: 10 * day,
    limitMs: null,
    day: { reading: 'exact' },
    agencyPositions: 'visible',
    disagreement: { goesTo: 'president' },
    intentToDeny: null,
    appealMs: null,
    filing: { certifications: [], endUserStatement: 'not-needed' },
    ...review,
  },
  license: { validMonths: null },
  customers: 'not-vetted',
  eligibility: [{ name: 'every product', route: 'case-by-case' }],
  levy: {
    base: 'invoiced-revenue',
    payer: 'seller',
    borneBy: 'unknown',
    trigger: 'on-invoice',
    refundable: 'unknown',
    bands: [{ name: 'every product', basisPoints: 2_500 }],
    exemptions: [],
  },
  product: { code: 'H200', maker: 'Nvidia', tpp: 15_832, bandwidth: 4_800, memoryGb: 141, certainty: 'verified' },
  ...changes,
});

/** The review with every day count of the law: the escalation ladder, 90 days in all, a notice before a denial. */
export const ladderRules: Partial<ReviewRules> = {
  limitMs: 90 * day,
  disagreement: { goesTo: 'oc-chair', chairMs: 14 * day, appealMs: 5 * day, acepMs: 11 * day, earbMs: 11 * day },
  intentToDeny: { respondMs: 20 * day, finalMs: 45 * day },
};

/** What a world in which everything goes well answers. */
export const goodResults: { readonly [S in StepName]: StepResults[S] } = {
  'screen-parties': { outcome: 'clear', listVersion: 'list-1' },
  'record-customer': { recorded: 'approved' },
  'reserve-stock': { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] },
  'file-application': { filingReference: 'FILING-1' },
  'notify-license': { noticeReference: 'NOTICE-1' },
  'void-license': { outcome: 'voided' },
  'request-inspection': { inspectionReference: 'TEST-1' },
  'book-shipment': { bookingReference: 'BOOKING-1' },
  ship: { outcome: 'shipped', waybill: 'WAYBILL-1' },
  'accrue-levy': { entryReference: 'LEVY-1' },
  'declare-customs': { declarationReference: 'DECLARATION-1' },
  'rescreen-parties': { outcome: 'clear', listVersion: 'list-2' },
  'quarantine-return': { quarantined: 6_000 },
  'replace-units': { replaced: [{ lot: 'L2', units: 100 }], missing: 0 },
  'reduce-stock': { kept: 6_000 },
  'release-stock': { released: 6_000 },
  'withdraw-application': { withdrawalReference: 'WITHDRAWAL-1' },
  'cancel-inspection': { cancellationReference: 'TEST-CANCELLED-1' },
  'cancel-booking': { cancellationReference: 'BOOKING-CANCELLED-1' },
  'notify-ending': { noticeReference: 'NOTICE-2' },
};

/**
 * An order on the pure core with a clock that a test moves by hand, told in one sentence after another:
 * `rehearsal().submitted().acts('us.commerce', 'register', {...}).after(30 * day)`.
 */
export class Rehearsal {
  order: Order;
  now = dayZero;
  readonly events: OrderEvent[] = [];
  readonly results: { [S in StepName]: StepResults[S] } = { ...goodResults };
  /** Steps that stay in flight until a test answers them. */
  readonly slow = new Set<StepName>();
  #acts = 0;

  constructor(changes: Partial<OrderTerms> = {}, policyChanges: Partial<PolicyOfEdition1> | PolicyOfEdition2 = {}) {
    this.order = openOrder(terms(changes), 'review' in policyChanges ? policyChanges : policy(policyChanges));
  }

  /** Takes a command and lets the world do what the order wants then. Answers the refusal, if it was one. */
  take(command: Command): Refusal | undefined {
    const answer = decide(this.order, command, this.now);
    if (isRefusal(answer)) return answer;
    this.#follow(answer);
    this.#work();
    return undefined;
  }

  submitted(): this {
    this.take({ type: 'submitted' });
    return this;
  }

  /** Tries an act and answers why it was refused, or undefined where it was taken. */
  tries(by: Role, name: ActName, fields: Readonly<Record<string, unknown>> = {}, id = `act-${(this.#acts += 1)}`): Refusal | undefined {
    const act: Act | Refusal = readAct(name, { by, ...fields }, id);
    return isRefusal(act) ? act : this.take({ type: 'act', act });
  }

  /** Does an act that must be taken. */
  acts(by: Role, name: ActName, fields: Readonly<Record<string, unknown>> = {}, id?: string): this {
    const refusal = this.tries(by, name, fields, id);
    if (refusal) throw new Error(`${name} by ${by} refused: ${refusal.refused}: ${refusal.message}`);
    return this;
  }

  /** Lets time pass and rings the alarm. */
  after(ms: number): this {
    this.now += ms;
    this.take({ type: 'deadline-reached' });
    return this;
  }

  hold(id = 'P-7', epoch = 1): this {
    this.take({ type: 'policy-changed', change: { id, effect: 'hold', epoch, reason: 'review' } });
    return this;
  }

  lift(id = 'P-7', epoch = 2): this {
    this.take({ type: 'policy-changed', change: { id, effect: 'lift', epoch, reason: 'reviewed' } });
    return this;
  }

  /** The world answers a slow step. */
  answers<S extends StepName>(step: S, result: StepResults[S] = this.results[step]): this {
    this.take({ type: 'step-done', report: { step, wish: this.order.steps[step]?.wish ?? 0, result } });
    return this;
  }

  fails(step: StepName, reason = 'unavailable'): this {
    this.take({ type: 'step-failed', step, wish: this.order.steps[step]?.wish ?? 0, reason });
    return this;
  }

  /** Filed, registered and referred: the agencies are asked. */
  referred(): this {
    return this.submitted().acts('us.commerce', 'register', { applicationNumber: 'Z100001' }).acts('us.commerce', 'refer');
  }

  licensed(): this {
    this.referred();
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) this.acts(agency, 'recommend', { position: 'no-objection' });
    return this.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
  }

  bothKeys(): this {
    return this.licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  }

  delivered(): this {
    return this.bothKeys()
      .acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' })
      .acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' })
      .acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
  }

  get plan() {
    return plan(this.order);
  }

  /** Names of the events, the inner workings of steps left out. */
  get story(): string[] {
    return this.events.map((event) => event.type).filter((type) => type !== 'step-started' && type !== 'step-done');
  }

  #follow(events: readonly OrderEvent[]): void {
    this.events.push(...events);
    this.order = events.reduce(evolve, this.order);
  }

  #work(): void {
    for (let calls = plan(this.order).run; calls.length > 0; calls = plan(this.order).run) {
      for (const { step } of calls) {
        const wish = this.order.steps[step]?.wish ?? 0;
        this.#settle({ type: 'step-started', step });
        if (!this.slow.has(step)) this.#settle({ type: 'step-done', report: { step, wish, result: this.results[step] } });
      }
    }
  }

  #settle(command: Command): void {
    const answer = decide(this.order, command, this.now);
    if (isRefusal(answer)) throw new Error(`a fact was refused: ${answer.message}`);
    this.#follow(answer);
  }
}

/** An order under the rules of edition 1, unless it is given a policy of today. */
export const rehearsal = (changes: Partial<OrderTerms> = {}, policyChanges: Partial<PolicyOfEdition1> | PolicyOfEdition2 = {}): Rehearsal =>
  new Rehearsal(changes, policyChanges);

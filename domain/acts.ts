import { type Fields, type ValuesOf } from './fields.ts';
import { agencies, type Role } from './roles.ts';
import type { Signed } from './signing/signed.ts';
import { stepNames } from './steps.ts';

interface ActSpec {
  /** What the act does, as a sentence for help texts and the Temporal UI. */
  readonly says: string;
  readonly by: readonly Role[];
  readonly fields: Fields;
  /** Whether the act is taken while a policy hold is on. */
  readonly whileHeld: 'taken' | 'refused';
  /** Fields of an example, ready to be sent. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The role in which a second person confirms the act with a signature of their own, where acts are signed. */
  readonly confirmedBy?: Role;
}

const text = (help: string) => ({ kind: 'text', help }) as const;
const textOrNone = (help: string) => ({ kind: 'text', help, optional: true }) as const;
const textsOrNone = (help: string) => ({ kind: 'texts', help, optional: true }) as const;
const choice = <const C extends readonly string[]>(of: C, help: string) => ({ kind: 'choice', of, help }) as const;

/** Every act a person may do on one order: who may, what it needs, and whether a hold forbids it. */
export const acts = {
  cancel: {
    says: 'Ends the order and takes back what can be taken back.',
    by: ['seller.desk'],
    fields: { reason: text('why the order ends') },
    whileHeld: 'taken',
    example: { reason: 'the customer withdrew' },
  },
  'clear-hit': {
    says: 'A screening hit is a false match.',
    by: ['compliance.second'],
    fields: { reason: text('how it was told apart') },
    whileHeld: 'taken',
    example: { reason: 'other date of incorporation' },
  },
  'confirm-hit': {
    says: 'A screening hit is true: the order ends.',
    by: ['compliance.second'],
    fields: { reason: text('what was found') },
    whileHeld: 'taken',
    example: { reason: 'same registration number' },
  },
  'recheck-stock': {
    says: 'Looks again whether the lots on hand cover the order.',
    by: ['seller.stock'],
    fields: {},
    whileHeld: 'taken',
    example: {},
  },
  'submit-application': {
    says: 'Files the license application with Commerce.',
    by: ['seller.desk'],
    fields: {},
    whileHeld: 'refused',
    example: {},
  },
  register: {
    says: 'Commerce registers the application: day 0 of its review.',
    by: ['us.commerce'],
    fields: { applicationNumber: text('number given by Commerce') },
    whileHeld: 'taken',
    example: { applicationNumber: 'Z100001' },
  },
  refer: {
    says: 'Commerce refers the application to State, Energy and Defense at once: day 0 of their clocks.',
    by: ['us.commerce'],
    fields: {},
    whileHeld: 'taken',
    example: {},
  },
  recommend: {
    says: 'An agency gives its position; it may change until the review closes.',
    by: agencies,
    fields: {
      position: choice(['no-objection', 'approve-with-conditions', 'deny'], 'the position'),
      conditions: textsOrNone('conditions asked for, with approve-with-conditions'),
      basis: textOrNone('statutory or regulatory basis, with deny'),
    },
    whileHeld: 'taken',
    example: { position: 'no-objection' },
  },
  escalate: {
    says: 'Commerce does not share a unanimous denial: the disagreement goes to the President.',
    by: ['us.commerce'],
    fields: { reason: text('why Commerce disagrees') },
    whileHeld: 'taken',
    example: { reason: 'consistent with the announced policy' },
  },
  'presidential-decision': {
    says: 'The President decides a disagreement.',
    by: ['us.president'],
    fields: { decision: choice(['approve', 'deny'], 'the decision') },
    whileHeld: 'taken',
    example: { decision: 'approve' },
  },
  'issue-license': {
    says: 'Commerce issues the license: the US key turns.',
    by: ['us.commerce'],
    fields: { licenseNumber: text('number of the license'), conditions: textsOrNone('conditions that the license carries') },
    whileHeld: 'refused',
    example: { licenseNumber: 'D1200001', conditions: ['no transfer'] },
  },
  deny: {
    says: 'Commerce denies the application.',
    by: ['us.commerce'],
    fields: { basis: text('statutory or regulatory basis') },
    whileHeld: 'taken',
    example: { basis: '15 CFR 742.6(b)' },
  },
  'apply-purchase': {
    says: 'The buyer applies in China for approval of the purchase.',
    by: ['buyer'],
    fields: { applicationNumber: text('number of the Chinese application') },
    whileHeld: 'taken',
    example: { applicationNumber: 'CN-2026-001' },
  },
  'approve-purchase': {
    says: 'China approves the purchase: the Chinese key turns.',
    by: ['cn.mofcom', 'cn.miit'],
    fields: { approvalNumber: text('number of the approval') },
    whileHeld: 'taken',
    example: { approvalNumber: 'CN-A-001' },
  },
  'deny-purchase': {
    says: 'China denies the purchase.',
    by: ['cn.mofcom', 'cn.miit'],
    fields: { reason: text('reason given') },
    whileHeld: 'taken',
    example: { reason: 'domestic supply suffices' },
  },
  'pass-inspection': {
    says: 'The laboratory passes the units.',
    by: ['test.lab'],
    fields: { reportNumber: text('number of the report') },
    whileHeld: 'taken',
    example: { reportNumber: 'LAB-7' },
  },
  'fail-inspection': {
    says: 'The laboratory fails the units; the desk asks for a retest or cancels.',
    by: ['test.lab'],
    fields: { reportNumber: text('number of the report'), reason: text('what failed') },
    whileHeld: 'taken',
    example: { reportNumber: 'LAB-7', reason: 'bandwidth above the declared figure' },
  },
  'request-retest': {
    says: 'Asks the laboratory to test again after a fail.',
    by: ['seller.desk'],
    fields: { reason: text('what was changed since') },
    whileHeld: 'refused',
    example: { reason: 'firmware corrected' },
  },
  release: {
    says: 'Chinese customs release the goods.',
    by: ['cn.gacc'],
    fields: { releaseNumber: text('number of the release') },
    whileHeld: 'taken',
    example: { releaseNumber: 'GACC-1' },
  },
  'confirm-delivery': {
    says: 'The goods have arrived: the order is delivered.',
    by: ['carrier', 'buyer'],
    fields: { proof: text('document that proves the delivery') },
    whileHeld: 'taken',
    example: { proof: 'POD-1' },
  },
  'retry-step': {
    says: 'Tries a failed step once more, under the same key.',
    by: ['seller.desk'],
    fields: { step: choice(stepNames, 'the failed step') },
    whileHeld: 'taken',
    example: { step: 'file-application' },
  },
  'settle-step': {
    says: 'Says with evidence whether a failed step took effect.',
    by: ['seller.desk'],
    fields: {
      step: choice(stepNames, 'the failed step'),
      outcome: choice(['done', 'not-done'], 'whether it took effect'),
      evidence: text('document or reference that shows it'),
    },
    whileHeld: 'taken',
    example: { step: 'file-application', outcome: 'done', evidence: 'SNAP-R receipt 4711' },
    confirmedBy: 'compliance.second',
  },
} as const satisfies Readonly<Record<string, ActSpec>>;
export type ActName = keyof typeof acts;

/** Acts on the policy board. They reach orders as a broadcast, so an order takes them as facts and cannot refuse. */
export const policyActs = {
  hold: {
    says: 'Stops the order: clocks stand still, nothing irreversible starts.',
    by: ['policy.admin'],
    fields: { hold: text('name of the hold'), reason: text('why') },
    whileHeld: 'taken',
    example: { hold: 'P-7', reason: 'review of the announced policy' },
    confirmedBy: 'policy.admin',
  },
  lift: {
    says: 'Ends a hold: clocks go on with what they had left.',
    by: ['policy.admin'],
    fields: { hold: text('name of the hold'), reason: text('why') },
    whileHeld: 'taken',
    example: { hold: 'P-7', reason: 'review completed' },
    confirmedBy: 'policy.admin',
  },
} as const satisfies Readonly<Record<string, ActSpec>>;

/** An act as it is done: named, by a role, under an id that makes it safe to send twice; `signed` tells who stands behind it. */
export type Act<N extends ActName = ActName> = {
  [K in N]: { readonly name: K; readonly id: string; readonly by: Role; readonly signed?: Signed } & ValuesOf<(typeof acts)[K]['fields']>;
}[N];

export const actNames = Object.keys(acts) as readonly ActName[];
export const isActName = (text: string): text is ActName => Object.hasOwn(acts, text);
/** The specification of an act without its literal types, for help texts and forms. */
export const actSpec = (name: ActName): ActSpec => acts[name];

/** An act as JSON that a person may send from the Temporal UI. */
export const exampleOf = (name: ActName, by: Role = actSpec(name).by[0] ?? 'seller.desk'): string => JSON.stringify({ by, ...actSpec(name).example });

/** The act that a cancellation request to the workflow stands for. */
export const cancellationAct: Act<'cancel'> = { name: 'cancel', id: 'cancellation-request', by: 'seller.desk', reason: 'cancellation requested in Temporal' };

import { chinaActs } from './acts/china.ts';
import { conditionActs } from './acts/conditions.ts';
import { decisionActs } from './acts/decision.ts';
import { exportActs } from './acts/export.ts';
import { filingActs } from './acts/filing.ts';
import { goodsActs } from './acts/goods.ts';
import { orderActs } from './acts/order.ts';
import { reviewActs } from './acts/review.ts';
import type { ActSpec } from './acts/spec.ts';
import { stepActs } from './acts/steps.ts';
import type { ValuesOf } from './fields.ts';
import type { Role } from './roles.ts';
import type { Signed } from './signing/signed.ts';

export { policyActs } from './acts/policy.ts';

/** Every act a person may do on one order: who may, what it needs, and whether a hold forbids it. */
export const acts = {
  ...orderActs,
  ...filingActs,
  ...reviewActs,
  ...decisionActs,
  ...conditionActs,
  ...chinaActs,
  ...exportActs,
  ...goodsActs,
  ...stepActs,
} as const satisfies Readonly<Record<string, ActSpec>>;
export type ActName = keyof typeof acts;

/** An act as it is done: named, by a role, under an id that makes it safe to send twice; `signed` tells who stands behind it. */
export type Act<N extends ActName = ActName> = {
  [K in N]: { readonly name: K; readonly id: string; readonly by: Role; readonly signed?: Signed } & ValuesOf<(typeof acts)[K]['fields']>;
}[N];

export const actNames = Object.keys(acts) as readonly ActName[];
export const isActName = (text: string): text is ActName => Object.hasOwn(acts, text);
/** The specification of an act without its literal types, for help texts and forms. */
export const actSpec = (name: ActName): ActSpec => acts[name];

/** The fields of an act as this role may send them. */
export const exampleFor = (name: ActName, by: Role): ActSpec['example'] => actSpec(name).exampleBy?.[by] ?? actSpec(name).example;

/** An act as JSON that a person may send from the Temporal UI. */
export const exampleOf = (name: ActName, by: Role = actSpec(name).by[0] ?? 'seller.desk'): string => JSON.stringify({ by, ...exampleFor(name, by) });

/** The act that a cancellation request to the workflow stands for. */
export const cancellationAct: Act<'cancel'> = { name: 'cancel', id: 'cancellation-request', by: 'seller.desk', reason: 'cancellation requested in Temporal' };

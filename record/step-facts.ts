import { isDeepStrictEqual } from 'node:util';
import type { OrderEvent } from '../domain/events.ts';
import { plan } from '../domain/plan.ts';
import { certificateOf } from '../domain/release-certificate.ts';
import { shippingOf } from '../domain/rules/export-papers.ts';
import type { Order } from '../domain/state.ts';
import type { StepName } from '../domain/steps.ts';
import type { FactType } from './facts.ts';

/** Facts that a step answers with, by the steps that may; the others are told of a step, or by the ledger of itself. */
const answers: { readonly [T in Exclude<FactType, 'step-started' | 'step-done' | 'step-failed' | 'stock-freed' | 'not-retold'>]: readonly StepName[] } = {
  'parties-cleared': ['screen-parties'],
  'parties-rescreened': ['rescreen-parties'],
  'screening-hit': ['screen-parties', 'rescreen-parties'],
  'customer-not-vetted': ['screen-parties', 'rescreen-parties'],
  'customer-recorded': ['record-customer'],
  'stock-reserved': ['reserve-stock'],
  'license-found': ['reserve-stock'],
  'stock-short': ['reserve-stock'],
  'quota-reached': ['reserve-stock'],
  'units-replaced': ['replace-units'],
  'stock-reduced': ['reduce-stock'],
  'stock-released': ['release-stock'],
  'application-filed': ['file-application'],
  'application-withdrawn': ['withdraw-application'],
  'license-voided': ['void-license'],
  'inspection-requested': ['request-inspection'],
  'shipment-booked': ['book-shipment'],
  'shipment-refused': ['ship'],
  'shipment-refused-by-license': ['ship'],
  'goods-shipped': ['ship'],
  'levy-accrued': ['accrue-levy'],
  'customs-declared': ['declare-customs'],
  'return-quarantined': ['quarantine-return'],
  'policy-held': ['ship'],
};
const isAnswer = (type: string): type is keyof typeof answers => Object.hasOwn(answers, type);

/** The step whose answer is being told once a fact stands there, where it was told before it. */
export function answeringAfter(fact: OrderEvent, answering: StepName | undefined): StepName | undefined {
  if (fact.type === 'step-done') return fact.step;
  return isAnswer(fact.type) ? answering : undefined;
}

const isWanted = (order: Order, { step, wish }: OrderEvent<'step-started'>): boolean =>
  plan(order).run.some((call) => call.step === step) && wish === (order.steps[step]?.wish ?? 0);

/** Why a fact cannot stand where an order stands: a step that it did not want, or an answer to none. Undefined where it can. */
export function factFault(order: Order, fact: OrderEvent, answering: StepName | undefined): string | undefined {
  if (fact.type === 'step-started') return isWanted(order, fact) ? undefined : `the order did not want ${fact.step}, or under another wish`;
  // An answer that cannot be right is told as a failure of the step that gave it.
  if (fact.type === 'step-done' || fact.type === 'step-failed')
    return order.steps[fact.step]?.state === 'running' || answering === fact.step ? undefined : `${fact.step} had not been started`;
  if (isAnswer(fact.type) && !answers[fact.type].some((step) => step === answering)) return `no step has answered with ${fact.type}`;
  return fact.type === 'goods-shipped' ? certificateFault(order, fact) : undefined;
}

/** What goods left on is what the order had then; the balance of the license alone is the ledger's word. */
function certificateFault(order: Order, { certificate }: OrderEvent<'goods-shipped'>): string | undefined {
  const expected = shippingOf(order) && certificateOf(order, certificate?.license?.balance);
  return isDeepStrictEqual(certificate, expected) ? undefined : 'the release certificate is not of this order as it stood';
}

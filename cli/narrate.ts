import type { EventType, OrderEvent } from '../domain/events.ts';
import type { StepName } from '../domain/steps.ts';
import { authorOf } from './authors.ts';
import { count, money } from './output.ts';

type Tellers = { readonly [T in EventType]: null | ((event: OrderEvent<T>) => string | undefined) };

/** Steps whose answer brings no fact of its own about. */
const withoutFact: { readonly [S in StepName]?: string } = {
  'notify-license': 'buyer told of the license and its conditions',
  'cancel-inspection': 'test cancelled',
  'cancel-booking': 'carrier cancelled',
  'notify-ending': 'buyer told how the order ended',
};

/** Each fact as a line of the story; null for the inner workings of steps, which the facts that they bring tell better. */
const tellers: Tellers = {
  'order-submitted': () => 'order submitted',
  'step-started': null,
  'step-done': (event) => withoutFact[event.step],
  'step-failed': (event) => `${event.step} failed: ${event.reason}`,
  'step-retried': (event) => `${event.step} is tried again`,
  'step-settled': (event) => `${event.step} settled as ${event.outcome} on ${event.evidence}`,
  'not-retold': (event) => `after a repair ${event.what} could not be taken again: ${event.reason}`,
  'parties-cleared': (event) => `parties cleared against list ${event.listVersion}`,
  'screening-hit': (event) => `screening hit: ${event.matches.join(', ')}`,
  'hit-cleared': (event) => `screening hit cleared: ${event.reason}`,
  'hit-confirmed': (event) => `screening hit confirmed: ${event.reason}`,
  'stock-reserved': (event) => `stock reserved from ${event.lots.map((one) => `${one.lot} (${count(one.units)})`).join(', ')}`,
  'stock-short': (event) => `short of stock, ${count(event.free)} free`,
  'stock-recheck-requested': () => 'stock is looked at again',
  'stock-released': () => 'stock released',
  'application-submitted': () => 'license application handed in by the desk',
  'application-filed': (event) => `application filed as ${event.filingReference}`,
  'application-registered': (event) => `application registered as ${event.applicationNumber}`,
  'application-referred': () => 'application referred to State, Energy and Defense',
  'position-given': (event) =>
    `${event.agency}: ${event.position.position}${'basis' in event.position ? ` (${event.position.basis})` : ''}${'conditions' in event.position ? ` (${event.position.conditions.join('; ')})` : ''}`,
  'agency-deemed': (event) => `${event.agency} silent: deemed no objection`,
  'review-closed': (event) => `review closed: ${event.finding}`,
  escalated: (event) => `Commerce disagrees with the denial: ${event.reason}`,
  'president-decided': (event) => `the President ${event.consensus === 'president-approved' ? 'approves' : 'denies'}`,
  'license-issued': (event) => `license ${event.license.number} issued: the US key has turned`,
  'license-denied': (event) => `license denied: ${event.basis}`,
  'application-withdrawn': () => 'application withdrawn',
  'purchase-applied': (event) => `buyer applied in China as ${event.applicationNumber}`,
  'purchase-approved': (event) => `purchase approved as ${event.approvalNumber}: the Chinese key has turned`,
  'purchase-denied': (event) => `purchase denied: ${event.reason}`,
  'inspection-requested': () => 'test requested',
  'inspection-passed': (event) => `test passed, report ${event.reportNumber}`,
  'inspection-failed': (event) => `test failed, report ${event.reportNumber}: ${event.reason}`,
  'retest-requested': (event) => `new test asked for: ${event.reason}`,
  'shipment-booked': (event) => `carrier booked as ${event.bookingReference}`,
  'shipment-refused': (event) => `shipment refused: policy has moved on to epoch ${event.policyEpoch}`,
  'goods-shipped': (event) => `${count(event.units)} units handed to the carrier, waybill ${event.waybill}`,
  'levy-accrued': (event) => `levy accrued: ${money(event.amountMinor, event.currency)}`,
  'customs-declared': () => 'declared to Chinese customs',
  'customs-released': (event) => `released by Chinese customs as ${event.releaseNumber}`,
  'delivery-confirmed': (event) => `delivered, proof ${event.proof}`,
  'policy-held': (event) => `held by ${event.id}: ${event.reason}`,
  'policy-lifted': (event) => `hold ${event.id} lifted: ${event.reason}`,
  'order-ended': (event) => `order ended: ${event.outcome} (${event.reason})`,
};

const told = <T extends EventType>(type: T, event: OrderEvent<T>): string | undefined => tellers[type]?.(event);

/** A fact as a line for a person, with who brought it about; undefined for the inner workings of steps. */
export function describe(event: OrderEvent): string | undefined {
  const [line, author] = [told(event.type, event), authorOf(event)];
  return line === undefined || author === undefined ? line : `${line}  [${author}]`;
}

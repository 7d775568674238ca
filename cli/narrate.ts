import type { EventType, OrderEvent } from '../domain/events.ts';
import type { LotUnits } from '../domain/lots.ts';
import { unitsTold } from '../domain/stages/goods-told.ts';
import { positionWords } from '../domain/stages/us-review/told.ts';
import type { StepName } from '../domain/steps.ts';
import { authorOf } from './authors.ts';
import { count, moment, money } from './output.ts';

type Tellers = { readonly [T in EventType]: null | ((event: OrderEvent<T>) => string | undefined) };

/** Steps whose answer brings no fact of its own about. */
const withoutFact: { readonly [S in StepName]?: string } = {
  'notify-license': 'buyer told of the license and its conditions',
  'cancel-inspection': 'test cancelled',
  'cancel-booking': 'carrier cancelled',
  'notify-ending': 'buyer told how the order ended',
};

function levelDecided({ level, decision, votes }: OrderEvent<'level-decided'>['decision']): string {
  const told = votes ? ` (for approval: ${votes.approve.join(', ') || 'nobody'}; for denial: ${votes.deny.join(', ') || 'nobody'})` : '';
  return `${level} decides to ${decision}${told}`;
}

const lotsTold = (lots: readonly LotUnits[]): string => lots.map(({ lot, units }) => `${lot} (${count(units)})`).join(', ');

/** Each fact as a line of the story; null for the inner workings of steps, which the facts that they bring tell better. */
const tellers: Tellers = {
  'order-submitted': () => 'order submitted',
  'order-imported': ({ past, digest, recordedAt }) =>
    `order imported on ${moment(recordedAt)}, with ${past.length} entries of its past (sha256 ${digest.slice(0, 16)}...); it was submitted then`,
  'import-completed': () => 'end of what was imported; from here on the order is carried here',
  'step-started': null,
  'step-done': (event) => withoutFact[event.step],
  'step-failed': (event) => `${event.step} failed: ${event.reason}`,
  'step-retried': (event) => `${event.step} is tried again`,
  'step-settled': (event) => `${event.step} settled as ${event.outcome} on ${event.evidence}`,
  'not-retold': (event) => `after a repair ${event.what} could not be taken again: ${event.reason}`,
  'parties-cleared': (event) => `parties cleared against list ${event.listVersion}`,
  'parties-rescreened': (event) => `parties screened once more against list ${event.listVersion}`,
  'screening-hit': (event) => `screening hit: ${event.matches.join(', ')}`,
  'customer-not-vetted': (event) => `the customer is not vetted by Commerce (${event.standing})`,
  'customer-approved': (event) => `Commerce approves the customer: ${event.reason}`,
  'customer-declined': (event) => `Commerce declines the customer: ${event.reason}`,
  'customer-recorded': () => undefined,
  'hit-cleared': (event) => `screening hit cleared: ${event.reason}`,
  'hit-confirmed': (event) => `screening hit confirmed: ${event.reason}`,
  'stock-reserved': (event) => `stock reserved from ${lotsTold(event.lots)}`,
  'stock-short': ({ free, place, waiting }) =>
    `short of stock, ${count(free)} free${place === undefined ? '' : `, place ${place}${waiting === undefined ? '' : ` of ${waiting}`} in the queue`}`,
  'quota-reached': ({ quota, limit, used, left }) => `over quota ${quota}: ${count(left)} units left, ${count(used)} of ${count(limit)} in use`,
  'stock-freed': () => 'stock has come free for the order',
  'stock-recheck-requested': () => 'stock is looked at again',
  'order-amended': (event) =>
    `order amended to ${event.units === undefined ? `a price of ${event.unitPriceMinor} minor units` : `${count(event.units)} units`}: ${event.reason}`,
  'amendment-recorded': (event) => `amendment recorded after export: ${event.change} ${event.to} (${event.reason})`,
  'stock-reduced': (event) => `stock that is not needed given back, ${count(event.units)} kept`,
  'stock-released': () => 'stock released',
  'application-submitted': () => 'license application handed in by the desk',
  certified: (event) => `certified: ${event.certification} (${event.evidence})`,
  'end-user-statement-issued': (event) => `Chinese end-user statement ${event.statementNumber}`,
  'classification-ruled': (event) => `Commerce rules the route: ${event.route}, ruling ${event.rulingNumber}`,
  'filing-confirmed': (event) => `to be filed although denial is presumed: ${event.reason}`,
  'license-not-required': (event) => `${event.reason}: the US key has turned by determination`,
  'application-filed': (event) => `application filed as ${event.filingReference}`,
  'application-registered': (event) => `application registered as ${event.applicationNumber}`,
  'application-referred': () => 'application referred to State, Energy and Defense',
  'position-given': (event) => `${event.agency}: ${positionWords(event.position)}`,
  'application-rejected': (event) => `application rejected unregistered: ${event.reason}`,
  'application-returned': (event) => `application returned without action: ${event.reason}`,
  'application-parked': (event) => `application held without action: ${event.reason}`,
  'review-resumed': (event) => `review goes on: ${event.reason}`,
  'withdrawal-requested': (event) => `the desk withdraws the application: ${event.reason}`,
  'application-resubmitted': (event) => `a new application in place of the one before: ${event.reason}`,
  'question-asked': (event) => `question ${event.number} of ${event.asker}: ${event.question}${event.stopsClocks ? '' : ' (late: no clock stops)'}`,
  'question-answered': (event) => `question ${event.number} answered: ${event.answer}`,
  'question-withdrawn': (event) => `question ${event.number} withdrawn`,
  'opinions-due': () => 'the days for opinions are over; what agencies say is not shown',
  'limit-reached': () => 'the days that the review may take are over; nothing is decided by that',
  'level-decided': (event) => levelDecided(event.decision),
  'decision-overdue': (event) => `the decision of ${event.level} is overdue`,
  'appeal-period-ended': (event) => `nobody has appealed the decision of ${event.level}`,
  'conditions-consolidated': (event) => `Commerce makes one text of contradicting conditions: ${event.conditions.join('; ')}`,
  'conditions-concurred': (event) => `${event.agency} concurs`,
  'conditions-offered': (event) => `conditions offered: ${event.conditions.join('; ')}`,
  'conditions-answered': (event) => `conditions ${event.answer}: ${event.conditions.join('; ')}${event.reason === undefined ? '' : ` (${event.reason})`}`,
  'evidence-submitted': (event) => `evidence for condition ${event.condition}: ${event.document}`,
  'evidence-accepted': (event) => `condition ${event.condition} is met`,
  'evidence-returned': (event) => `evidence for condition ${event.condition} not accepted: ${event.reason}`,
  'condition-acknowledged': (event) => `${event.role} acknowledges condition ${event.condition}: ${event.document}`,
  'denial-notified': (event) => `intent to deny: ${event.reason} (${event.basis})`,
  'denial-response': (event) => `response to the intent to deny: ${event.response}`,
  'response-period-ended': () => 'the days to respond to the intent to deny are over',
  'denial-rescinded': (event) => `intent to deny given up: ${event.reason}`,
  'agency-deemed': (event) => `${event.agency} silent: deemed no objection`,
  'review-closed': (event) => `review closed: ${event.finding}`,
  escalated: (event) => `${event.by ?? 'us.commerce'} takes the disagreement up: ${event.reason}${event.official === undefined ? '' : ` (${event.official})`}`,
  'president-decided': (event) => `the President ${event.consensus === 'president-approved' ? 'approves' : 'denies'}`,
  'license-issued': (event) => `license ${event.license.number} issued: the US key has turned`,
  'license-found': ({ license }) =>
    `license ${license.number} covers the order${license.expires === undefined ? '' : ` until ${license.expires}`}: the US key has turned`,
  'order-shortened': (event) => `order shortened to ${count(event.units)} units: ${event.reason}`,
  'license-recheck-requested': () => 'the license is looked at again',
  'coverage-given-up': (event) => `the order is filed by its own application: ${event.reason}`,
  'license-denied': (event) => `license denied: ${event.basis}`,
  'denial-appealed': (event) => `the denial is appealed, which suspends nothing: ${event.grounds} (${event.document})`,
  'denial-appeal-period-ended': () => 'the days to appeal the denial are over',
  'application-withdrawn': () => 'application withdrawn',
  'purchase-applied': (event) => `buyer applied in China as ${event.applicationNumber}`,
  'purchase-approved': ({ approvalNumber, units }) =>
    `purchase approved as ${approvalNumber}${units === undefined ? '' : ` for ${count(units)} units`}: the Chinese key has turned`,
  'purchase-denied': (event) => `purchase denied: ${event.reason}`,
  'inspection-requested': () => 'test requested',
  'inspection-passed': (event) => `test passed, report ${event.reportNumber}`,
  'inspection-failed': ({ reportNumber, reason, failed }) => `test failed${failed ? ` for ${unitsTold(failed)}` : ''}, report ${reportNumber}: ${reason}`,
  'units-replaced': ({ lots, missing }) =>
    [
      'units that failed are set apart',
      ...(lots.length > 0 ? [`replaced from ${lotsTold(lots)}`] : []),
      ...(missing > 0 ? [`${count(missing)} have no other`] : []),
    ].join('; '),
  'retest-requested': (event) => `new test asked for: ${event.reason}`,
  'shipment-booked': (event) => `carrier booked as ${event.bookingReference}`,
  'shipment-refused': (event) => `shipment refused: policy has moved on to epoch ${event.policyEpoch}`,
  'shipment-refused-by-license': ({ licenseNumber, code, available }) =>
    `shipment refused: license ${licenseNumber} does not carry it (${code}; ${count(available)} units left for the order)`,
  'wave-formed': ({ wave, units, approvalNumber }) => `wave ${wave}: ${count(units)} units can leave on ${approvalNumber}`,
  'entry-released': (event) => `entry ${event.entryNumber} released by customs of the United States`,
  'paper-registered': ({ paper, number, dated, expires }) =>
    `${paper} ${number} of ${dated} registered${expires === undefined ? '' : `, good until ${expires}`}`,
  'paper-expired': (event) => `${event.paper} has expired`,
  'eei-filed': (event) => `export information filed as ${event.itn}`,
  'export-detained': (event) => `detained by customs of the United States: ${event.reason}`,
  'export-released': (event) => `let go by customs of the United States: ${event.reason}`,
  'goods-shipped': (event) => `${ofWave(event)}${count(event.units)} units handed to the carrier, waybill ${event.waybill}`,
  'levy-accrued': (event) => `levy accrued: ${money(event.amountMinor, event.currency)}`,
  'customs-declared': () => 'declared to Chinese customs',
  'customs-released': (event) => `${ofWave(event)}released by Chinese customs as ${event.releaseNumber}`,
  'customs-detained': (event) => `${ofWave(event)}detained by Chinese customs: ${event.reason}`,
  'entry-refused': (event) => `${ofWave(event)}refused by Chinese customs, sent back: ${event.reason}`,
  'return-ordered': (event) => `${ofWave(event)}called back by Chinese customs: ${event.reason}`,
  'delivery-confirmed': (event) => `${ofWave(event)}delivered, proof ${event.proof}`,
  'use-verified': (event) => `${ofWave(event)}seen at the site ${event.finding}, report ${event.document}`,
  'goods-returned': (event) => `${ofWave(event)}back with the seller, proof ${event.proof}`,
  'return-quarantined': (event) => `${ofWave(event)}what came back is set apart in stock`,
  'order-short-closed': (event) => `closed short at ${count(event.units)} units: ${event.reason}`,
  'decision-corrected': ({ entry, corrects, reason, effects }) => `${corrects} (entry ${entry}) was recorded by mistake: ${reason}; ${effects.join('; ')}`,
  'license-voided': (event) => `license ${event.licenseNumber} is void in the ledger`,
  'policy-held': (event) => `held by ${event.id}: ${event.reason}`,
  'policy-lifted': (event) => `hold ${event.id} lifted: ${event.reason}`,
  'order-ended': (event) => `order ended: ${event.outcome} (${event.reason})`,
};

/** Which of several waves a fact is about. */
const ofWave = ({ wave }: { readonly wave?: number }): string => (wave === undefined ? '' : `wave ${wave}: `);

const told = <T extends EventType>(type: T, event: OrderEvent<T>): string | undefined => tellers[type]?.(event);

/** A fact as a line for a person, with who brought it about; undefined for the inner workings of steps. */
export function describe(event: OrderEvent): string | undefined {
  const [line, author] = [told(event.type, event), authorOf(event)];
  return line === undefined || author === undefined ? line : `${line}  [${author}]`;
}

import type { EventType } from '../domain/events.ts';
import { type FactType, isFactType } from './facts.ts';
import type { Chain } from './format.ts';
import type { JsonObject } from './json.ts';

/** By whose word an event stands in a record of signed acts: a person's, who has signed; of the rules, by which it follows; of the desk's systems. */
type Voice = 'person' | 'rules' | 'system';
type Place = Pick<Chain, 'entries' | 'terms'>;

/** Endings that follow by themselves once all goods are where they stay. */
const deliveries: ReadonlySet<unknown> = new Set(['delivered', 'partly-delivered', 'undelivered']);
const denials: ReadonlySet<unknown> = new Set(['denial-notified', 'denial-rescinded']);

/** What Commerce intends to do becomes final by time, unless it has given the intent up. */
const becameFinal = ({ entries }: Place, index: number): Voice =>
  entries.slice(0, index).findLast(({ event }) => denials.has(event['type']))?.event['type'] === 'denial-notified' ? 'rules' : 'person';

/** By whose word each event stands that no system tells, where it does not say who signed it. */
const unsigned: { readonly [T in Exclude<EventType, FactType>]: Voice | ((event: JsonObject, chain: Place, index: number) => Voice) } = {
  'order-submitted': 'person',
  'order-imported': 'person',
  'import-completed': 'rules',
  'order-ended': ({ outcome }) => (deliveries.has(outcome) ? 'rules' : 'person'),
  'order-amended': 'person',
  'order-shortened': (_event, { entries }, index) => (entries[index - 1]?.event['type'] === 'units-replaced' ? 'rules' : 'person'),
  'amendment-recorded': 'person',
  'policy-lifted': 'person',
  'step-retried': 'person',
  'step-settled': 'person',
  'customer-approved': 'person',
  'customer-declined': 'person',
  'hit-cleared': 'person',
  'hit-confirmed': 'person',
  'stock-recheck-requested': 'person',
  certified: 'person',
  'end-user-statement-issued': 'person',
  'classification-ruled': 'person',
  'filing-confirmed': 'person',
  'license-not-required': 'rules',
  'application-submitted': (_event, { terms }) => (terms['fileApplication'] === 'when-allocated' ? 'rules' : 'person'),
  'application-registered': 'person',
  'application-referred': 'person',
  'application-rejected': 'person',
  'application-returned': 'person',
  'application-parked': 'person',
  'review-resumed': 'person',
  'withdrawal-requested': 'person',
  'application-resubmitted': 'person',
  'coverage-given-up': 'person',
  'question-asked': 'person',
  'question-answered': 'person',
  'question-withdrawn': 'person',
  'opinions-due': 'rules',
  'limit-reached': 'rules',
  'position-given': 'person',
  'agency-deemed': 'rules',
  'review-closed': 'rules',
  escalated: 'person',
  'level-decided': 'person',
  'decision-overdue': 'rules',
  'appeal-period-ended': 'rules',
  'president-decided': 'person',
  'conditions-consolidated': 'person',
  'conditions-concurred': 'person',
  'conditions-offered': 'person',
  'conditions-answered': 'person',
  'denial-notified': 'person',
  'denial-response': 'person',
  'response-period-ended': 'rules',
  'denial-rescinded': 'person',
  'license-issued': 'person',
  'license-denied': (_event, chain, index) => becameFinal(chain, index),
  'decision-corrected': 'person',
  'denial-appealed': 'person',
  'denial-appeal-period-ended': 'rules',
  'license-recheck-requested': 'person',
  'evidence-submitted': 'person',
  'evidence-accepted': 'person',
  'evidence-returned': 'person',
  'condition-acknowledged': 'person',
  'purchase-applied': 'person',
  'purchase-approved': 'person',
  'purchase-denied': 'person',
  'inspection-passed': 'person',
  'inspection-failed': 'person',
  'retest-requested': 'person',
  'entry-released': 'person',
  'paper-registered': 'person',
  'paper-expired': 'rules',
  'eei-filed': 'person',
  'export-detained': 'person',
  'export-released': 'person',
  'customs-released': 'person',
  'customs-detained': 'person',
  'entry-refused': 'person',
  'return-ordered': 'person',
  'delivery-confirmed': 'person',
  'use-verified': 'person',
  'goods-returned': 'person',
  'order-short-closed': 'person',
  'wave-formed': 'rules',
};
const isUntoldBySystems = (type: unknown): type is keyof typeof unsigned => typeof type === 'string' && Object.hasOwn(unsigned, type);

/** By whose word the entry at a place of a record of signed acts is told. An event of a type that there is not is a person's, whose signature is missing. */
export function voiceOf(chain: Place, index: number): Voice {
  const event = chain.entries[index]?.event ?? {};
  const { type, by, act, signed } = event;
  if (act !== undefined || signed !== undefined || (by !== undefined && by !== 'seller.desk')) return 'person';
  if (type === 'policy-held' && !isOfBoard(chain.entries[index - 1]?.event)) return 'person';
  if (isFactType(type)) return 'system';
  const voice = isUntoldBySystems(type) ? unsigned[type] : 'person';
  return typeof voice === 'string' ? voice : voice(event, chain, index);
}

/** The policy board tells of holds where it refuses a shipment, one after the other. */
const isOfBoard = (before: JsonObject | undefined): boolean =>
  before?.['type'] === 'shipment-refused' || (before?.['type'] === 'policy-held' && before['signed'] === undefined);

import type { Act, ActName } from '../../domain/acts.ts';
import type { OrderEvent } from '../../domain/events.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Judged } from './core.ts';

type Said = Readonly<Record<string, unknown>>;
/** By hand: what is recorded first of an act that was taken, in the words of the act. */
const recorded: { readonly [N in ActName]: (act: Act<N>) => Said } = {
  cancel: ({ reason }) => ({ type: 'order-ended', outcome: 'cancelled', reason }),
  amend: ({ change, to, reason }) => ({
    type: 'order-amended',
    ...(change === 'units' ? { units: Number(to) } : change === 'price' ? { unitPriceMinor: Number(to) } : {}),
    reason,
  }),
  correct: ({ entry, reason }) => ({ type: 'decision-corrected', entry, reason }),
  'clear-hit': ({ reason }) => ({ type: 'hit-cleared', reason }),
  'confirm-hit': ({ reason }) => ({ type: 'hit-confirmed', reason }),
  'approve-customer': ({ reason }) => ({ type: 'customer-approved', reason }),
  'decline-customer': ({ reason }) => ({ type: 'customer-declined', reason }),
  'recheck-stock': () => ({ type: 'stock-recheck-requested' }),
  'submit-application': () => ({ type: 'application-submitted' }),
  certify: ({ certification, evidence }) => ({ type: 'certified', certification, evidence }),
  'issue-end-user-statement': ({ statementNumber }) => ({ type: 'end-user-statement-issued', statementNumber }),
  'rule-on-classification': ({ rulingNumber, route }) => ({ type: 'classification-ruled', rulingNumber, route }),
  'confirm-filing': ({ reason }) => ({ type: 'filing-confirmed', reason }),
  'reject-unregistered': ({ reason }) => ({ type: 'application-rejected', reason }),
  'return-without-action': ({ reason }) => ({ type: 'application-returned', reason }),
  'hold-without-action': ({ reason }) => ({ type: 'application-parked', reason }),
  'resume-review': ({ reason }) => ({ type: 'review-resumed', reason }),
  'withdraw-application': ({ reason }) => ({ type: 'withdrawal-requested', reason }),
  resubmit: ({ reason }) => ({ type: 'application-resubmitted', reason }),
  'request-information': ({ by, number, question }) => ({ type: 'question-asked', asker: by, number, question }),
  'answer-information': ({ number, answer }) => ({ type: 'question-answered', number, answer }),
  'withdraw-request': ({ number }) => ({ type: 'question-withdrawn', number }),
  // To agencies or to the applicant: where it goes, the account of the state tells.
  'propose-conditions': ({ conditions }) => ({ conditions }),
  concur: ({ by }) => ({ type: 'conditions-concurred', agency: by }),
  'accept-conditions': () => ({ type: 'conditions-answered', answer: 'accepted' }),
  'counter-conditions': ({ conditions, reason }) => ({ type: 'conditions-answered', answer: 'countered', conditions, reason }),
  'decline-conditions': ({ reason }) => ({ type: 'conditions-answered', answer: 'declined', reason }),
  'notify-intent-to-deny': ({ basis, reason }) => ({ type: 'denial-notified', basis, reason }),
  'respond-to-intent-to-deny': ({ response }) => ({ type: 'denial-response', response }),
  'rescind-intent-to-deny': ({ reason }) => ({ type: 'denial-rescinded', reason }),
  'decide-appeal': ({ decision, votesToApprove, votesToDeny }) => ({
    type: 'level-decided',
    decision: decision === undefined ? { votes: { approve: votesToApprove ?? [], deny: votesToDeny ?? [] } } : { decision },
  }),
  register: ({ applicationNumber }) => ({ type: 'application-registered', applicationNumber }),
  refer: () => ({ type: 'application-referred' }),
  recommend: ({ by, position, conditions, basis, statute, units }) => ({
    type: 'position-given',
    agency: by,
    position: {
      state: 'given',
      position,
      ...(conditions && { conditions }),
      ...(basis !== undefined && { basis }),
      ...(statute !== undefined && { statute }),
      ...(units !== undefined && { units: Number(units) }),
    },
  }),
  escalate: ({ reason, official, basis }) => ({
    type: 'escalated',
    reason,
    ...(official !== undefined && { official }),
    ...(basis !== undefined && { basis }),
  }),
  'presidential-decision': ({ decision }) => ({ type: 'president-decided', consensus: decision === 'approve' ? 'president-approved' : 'president-denied' }),
  'issue-license': ({ licenseNumber, conditions, units, expires }) => ({
    type: 'license-issued',
    license: {
      number: licenseNumber,
      conditions: conditions ?? [],
      ...(units !== undefined && { units: Number(units) }),
      ...(expires !== undefined && { expires }),
    },
  }),
  deny: ({ basis }) => ({ type: 'license-denied', basis }),
  'appeal-denial': ({ grounds, document }) => ({ type: 'denial-appealed', grounds, document }),
  'submit-evidence': ({ condition, document }) => ({ type: 'evidence-submitted', condition: Number(condition), document }),
  'accept-evidence': ({ condition }) => ({ type: 'evidence-accepted', condition: Number(condition) }),
  'return-evidence': ({ condition, reason }) => ({ type: 'evidence-returned', condition: Number(condition), reason }),
  'acknowledge-condition': ({ by, condition, document }) => ({ type: 'condition-acknowledged', role: by, condition: Number(condition), document }),
  'apply-purchase': ({ applicationNumber }) => ({ type: 'purchase-applied', applicationNumber }),
  'approve-purchase': ({ approvalNumber, units }) => ({ type: 'purchase-approved', approvalNumber, ...(units !== undefined && { units: Number(units) }) }),
  'deny-purchase': ({ reason }) => ({ type: 'purchase-denied', reason }),
  'pass-inspection': ({ reportNumber }) => ({ type: 'inspection-passed', reportNumber }),
  'fail-inspection': ({ reportNumber, reason, lot, units }) => ({
    ...{ type: 'inspection-failed', reportNumber, reason },
    ...(lot !== undefined && { failed: { lot, ...(units !== undefined && { units: Number(units) }) } }),
  }),
  'request-retest': ({ reason }) => ({ type: 'retest-requested', reason }),
  'recheck-license': () => ({ type: 'license-recheck-requested' }),
  'release-entry': ({ entryNumber }) => ({ type: 'entry-released', entryNumber }),
  'register-paper': ({ paper, number, dated, expires, digest }) => ({
    ...{ type: 'paper-registered', paper, number, dated, ...(expires !== undefined && { expires }), digest },
  }),
  'file-eei': ({ itn }) => ({ type: 'eei-filed', itn }),
  'detain-export': ({ reason }) => ({ type: 'export-detained', reason }),
  'release-export': ({ reason }) => ({ type: 'export-released', reason }),
  release: ({ releaseNumber }) => ({ type: 'customs-released', releaseNumber }),
  detain: ({ reason }) => ({ type: 'customs-detained', reason }),
  'refuse-entry': ({ reason }) => ({ type: 'entry-refused', reason }),
  'order-return': ({ reason }) => ({ type: 'return-ordered', reason }),
  'verify-use': ({ finding, document }) => ({ type: 'use-verified', finding, document }),
  'confirm-return': ({ proof }) => ({ type: 'goods-returned', proof }),
  'short-close': ({ reason }) => ({ type: 'order-short-closed', reason }),
  'confirm-delivery': ({ proof }) => ({ type: 'delivery-confirmed', proof }),
  'retry-step': ({ step }) => ({ type: 'step-retried', step }),
  'settle-step': ({ step, outcome, evidence }) => ({ type: 'step-settled', step, outcome, evidence }),
};
const recordOf = <N extends ActName>(name: N, act: Act<N>): Said => recorded[name](act);

/** Endings that a person's word brings about. */
const endings: { readonly [N in ActName]?: string } = {
  cancel: 'cancelled',
  deny: 'denied-by-us',
  'deny-purchase': 'denied-by-china',
  'confirm-hit': 'refused-at-intake',
};

function says(told: unknown, said: unknown): boolean {
  if (typeof said !== 'object' || said === null) return told === said;
  if (typeof told !== 'object' || told === null) return false;
  if (Array.isArray(said)) return JSON.stringify(told) === JSON.stringify(said);
  const parts = new Map<string, unknown>(Object.entries(told));
  return Object.entries(said).every(([name, part]) => says(parts.get(name), part));
}

const endingOf = (events: readonly OrderEvent[]): string | undefined => events.flatMap((event) => (event.type === 'order-ended' ? [event.outcome] : []))[0];

/** What is wrong with the record of an act that was taken. */
export function faultOfRecord({ command, answer, events, before, thrown }: Judged): string | undefined {
  if (thrown || command.type !== 'act' || isRefusal(answer) || Object.hasOwn(before.order.acts, command.act.id)) return undefined;
  const { act } = command;
  const first = events.find((event) => event.act?.id === act.id);
  if (!first || !says(first, recordOf(act.name, act))) return `${act.name} is recorded as ${JSON.stringify(first)}`;
  // What time has brought about before the act is not of the act.
  const ending = endingOf(events.slice(events.indexOf(first)));
  return ending === endings[act.name] || (ending === 'delivered' && endings[act.name] === undefined)
    ? undefined
    : `${act.name} ended the order as ${ending ?? 'nothing'}`;
}

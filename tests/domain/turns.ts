import { type ActName, actNames, actSpec, exampleFor } from '../../domain/acts.ts';
import { agencies, type Role } from '../../domain/roles.ts';
import { arrived, beforeEntry, booked } from './shipments.ts';
import { day, policyOfToday, type Rehearsal, rehearsal } from '../support/orders.ts';
import { allSay, before, denial, licensedUnder, noObjection, notified, offered, oneText, papersNeeded, questioned, referredToday, routed } from './reviews.ts';

const basis = { basis: '15 CFR 742.6(b)' };

export const hit = (): Rehearsal => {
  const order = rehearsal();
  order.results['screen-parties'] = { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] };
  return order.submitted();
};

/** Commerce vets customers, and has said nothing of this one; its word stays on its way to the list until a test answers. */
export const notVetted = (standing: 'not-vetted' | 'declined' | 'removed' = 'not-vetted'): Rehearsal => {
  const order = rehearsal({}, policyOfToday({}, { customers: 'vetted-by-commerce' }));
  order.results['screen-parties'] = { outcome: 'clear', listVersion: 'list-1', standing };
  order.slow.add('record-customer');
  return order.submitted();
};

export const short = (free = 100): Rehearsal => {
  const order = rehearsal();
  order.results['reserve-stock'] = { outcome: 'short', free };
  return order.submitted();
};

export const noneObjects = (): Rehearsal =>
  agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'no-objection' }), rehearsal().referred());
export const allDeny = (): Rehearsal =>
  agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'deny', ...basis }), rehearsal().referred());
/** Energy denies alone: the disagreement lies before the President. */
export const disputed = (): Rehearsal =>
  agencies.reduce(
    (order, agency) => order.acts(agency, 'recommend', agency === 'us.energy' ? { position: 'deny', ...basis } : { position: 'no-objection' }),
    rehearsal().referred(),
  );

/** A license stands that the act of the example has recorded. */
const licensedByStep12 = (): Rehearsal => allSay(noObjection).acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'step-12');

/** That license was recorded by mistake; the answer of the ledger that it is void is still to come. */
export const mistaken = (): Rehearsal => {
  const order = licensedByStep12();
  order.slow.add('void-license');
  return order.acts('seller.desk', 'correct', exampleFor('correct', 'seller.desk'));
};

/** Commerce has denied, and the applicant has days to appeal. */
const deniedToday = (): Rehearsal => allSay(denial, { appealMs: 45 * day }).acts('us.commerce', 'deny', basis);

const applied = (): Rehearsal => rehearsal().licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
const tested = (): Rehearsal => rehearsal().bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });

/** Under rules of today, at customs: the whole order, or a first wave of as many units as China has approved. */
function declared(units?: string): Rehearsal {
  const order = rehearsal({}, policyOfToday()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  return order
    .acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', ...(units !== undefined && { units }) })
    .acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
}

/** Back from customs; that it is set apart in stock is still to come. */
export function returned(): Rehearsal {
  const order = declared();
  order.slow.add('quarantine-return');
  return order.acts('cn.gacc', 'refuse-entry', { reason: 'not permitted' }).acts('carrier', 'confirm-return', { proof: 'RETURN-1' });
}

/** Of the units under test some have failed; that they are replaced is still to come. */
export function someFailed(): Rehearsal {
  const order = rehearsal({}, policyOfToday());
  order.slow.add('replace-units');
  return order.bothKeys().acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-1', reason: 'bandwidth', lot: 'L1', units: '100' });
}

const stoppedByLicense = (): Rehearsal => {
  const order = rehearsal({}, policyOfToday());
  order.results.ship = { outcome: 'license-refused', code: 'license-suspended', licenseNumber: 'D1', available: 0 };
  return order.bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
};

/** More is reserved than the order is for any more; the answer of the ledger is still to come. */
export const amended = (): Rehearsal => {
  const order = rehearsal({}, policyOfToday());
  order.slow.add('reduce-stock');
  order.results['reduce-stock'] = { kept: 400 };
  return order.submitted().acts('seller.desk', 'amend', { change: 'units', to: '400', reason: 'the customer needs fewer' });
};

/** The goods have passed their test, and the parties are looked at once more. */
export const lookedAtAgain = (): Rehearsal => {
  const order = rehearsal({}, policyOfToday());
  order.slow.add('rescreen-parties');
  return order.bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
};

export const filingFailed = (): Rehearsal => {
  const order = rehearsal();
  order.slow.add('file-application');
  return order.submitted().fails('file-application');
};

const filedToday = (): Rehearsal => rehearsal({}, policyOfToday()).submitted();
const askedBy = (by: Role): Rehearsal => questioned(agencies.find((one) => one === by) ?? 'us.commerce');

const evidenceFor = (to: Role): Rehearsal =>
  licensedUnder(`audit: yearly | by seller.desk | to ${to}`).acts('seller.desk', 'submit-evidence', { condition: '1', document: 'audit report' });

/** For every act an order on which it is in turn with the fields of its example, for the role that does it or the first that may. */
export const turns: { readonly [N in ActName]: (by?: Role) => Rehearsal } = {
  cancel: () => rehearsal().submitted(),
  amend: () => rehearsal({}, policyOfToday()).submitted(),
  correct: licensedByStep12,
  'clear-hit': hit,
  'confirm-hit': hit,
  'approve-customer': () => notVetted(),
  'decline-customer': () => notVetted(),
  'recheck-stock': () => short(),
  'submit-application': () => rehearsal({ fileApplication: 'by-act' }).submitted(),
  certify: () => rehearsal({}, papersNeeded()).submitted(),
  'issue-end-user-statement': () => rehearsal({}, papersNeeded()).submitted(),
  'rule-on-classification': () => rehearsal({}, routed()).submitted(),
  'confirm-filing': () => rehearsal({}, routed('presumption-of-denial')).submitted(),
  register: () => rehearsal().submitted(),
  refer: () => rehearsal().submitted().acts('us.commerce', 'register', { applicationNumber: 'Z100001' }),
  'reject-unregistered': filedToday,
  'return-without-action': () => referredToday(),
  'hold-without-action': () => referredToday(),
  'resume-review': () => referredToday().acts('us.commerce', 'hold-without-action', { reason: 'policy pending' }),
  'withdraw-application': () => referredToday(),
  resubmit: () => filedToday().acts('us.commerce', 'reject-unregistered', { reason: 'no end-user statement' }),
  recommend: () => rehearsal().referred(),
  'request-information': () => referredToday(),
  'answer-information': () => questioned(),
  'withdraw-request': (by = 'us.commerce') => askedBy(by),
  escalate: (by = 'us.commerce') => (by === 'us.commerce' ? allDeny() : oneText()),
  'decide-appeal': (by) => before(by === 'us.acep' ? 'acep' : by === 'us.earb' ? 'earb' : 'oc-chair'),
  'presidential-decision': disputed,
  'propose-conditions': () => allSay(noObjection),
  concur: () => oneText(),
  'accept-conditions': () => offered(),
  'counter-conditions': () => offered(),
  'decline-conditions': () => offered(),
  'notify-intent-to-deny': () => allSay(denial),
  'respond-to-intent-to-deny': () => notified(),
  'rescind-intent-to-deny': () => notified(),
  'issue-license': noneObjects,
  deny: noneObjects,
  'appeal-denial': deniedToday,
  'submit-evidence': (by = 'seller.desk') => licensedUnder(`audit: yearly | by ${by}`),
  'accept-evidence': (by = 'us.commerce') => evidenceFor(by),
  'return-evidence': (by = 'us.commerce') => evidenceFor(by),
  'acknowledge-condition': (by = 'seller.desk') => licensedUnder(`notice: in writing | binds ${by}`),
  'apply-purchase': () => rehearsal().submitted(),
  'approve-purchase': applied,
  'deny-purchase': applied,
  'pass-inspection': () => rehearsal().bothKeys(),
  'fail-inspection': () => rehearsal().bothKeys(),
  'request-retest': () => rehearsal().bothKeys().acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-1', reason: 'bandwidth' }),
  'recheck-license': stoppedByLicense,
  'release-entry': () => beforeEntry(),
  'register-paper': () => booked(),
  'file-eei': () => booked(),
  'detain-export': () => booked(),
  'release-export': () => booked().acts('us.cbp', 'detain-export', { reason: 'the license is looked at' }),
  release: tested,
  detain: () => declared(),
  'refuse-entry': () => declared(),
  'order-return': () => declared().acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' }),
  'verify-use': () => arrived(),
  'confirm-return': () => declared().acts('cn.gacc', 'refuse-entry', { reason: 'not permitted' }),
  'short-close': () => declared('4000'),
  'confirm-delivery': () => tested().acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' }),
  'retry-step': filingFailed,
  'settle-step': filingFailed,
};

/** The first role that may do an act. */
export function doer(name: ActName): Role {
  const [role] = actSpec(name).by;
  if (role === undefined) throw new Error(`nobody may ${name}`);
  return role;
}

export const everyAct = actNames.map((name) => ({ name, by: doer(name), example: exampleFor(name, doer(name)) }));

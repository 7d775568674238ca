import { describe, expect, it } from 'vitest';
import { type Refusal, type RefusalCode, refusalCodes } from '../../domain/refusal.ts';
import { signingRefusals } from '../../domain/signing/refusals.ts';
import { day, rehearsal } from '../support/orders.ts';
import { allSay, appeal, before, contradicting, denial, licensedUnder, noObjection, notified, papersNeeded, referredToday, routed } from './reviews.ts';
import { allDeny, disputed, filingFailed, noneObjects, turns } from './turns.ts';

const basis = { basis: '15 CFR 742.6(b)' };
const license = { licenseNumber: 'D1' };
const reserveFailed = () => {
  const order = rehearsal();
  order.slow.add('reserve-stock');
  return order.submitted().fails('reserve-stock');
};

/** The chair has decided a disagreement in which Energy alone denied, so many days ago. */
const decidedByChair = (decision: 'approve' | 'deny', days = 5) =>
  before('oc-chair')
    .acts('us.oc-chair', 'decide-appeal', { decision })
    .after(days * day);

/** A real order and an act that it refuses with each code; `being-repaired` is given by the workflow; imports and signatures have tests of their own. */
const refusals: { readonly [C in Exclude<RefusalCode, 'being-repaired' | 'past-refused' | keyof typeof signingRefusals>]: () => Refusal | undefined } = {
  'invalid-act': () => rehearsal().submitted().tries('us.commerce', 'register', {}),
  'not-entitled': () => rehearsal().submitted().tries('buyer', 'register', { applicationNumber: 'Z1' }),
  'act-conflict': () => rehearsal().submitted().acts('us.commerce', 'register', { applicationNumber: 'Z1' }, 'a').tries('us.commerce', 'refer', {}, 'a'),
  'order-closed': () => rehearsal().delivered().tries('seller.desk', 'cancel', { reason: 'late' }),
  held: () => noneObjects().hold().tries('us.commerce', 'issue-license', license),
  irreversible: () => rehearsal().bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' }).tries('seller.desk', 'cancel', { reason: 'late' }),
  'no-application': () => rehearsal({ fileApplication: 'by-act' }).submitted().tries('us.commerce', 'register', { applicationNumber: 'Z1' }),
  'review-open': () => rehearsal().referred().tries('us.commerce', 'issue-license', license),
  'review-closed': () => noneObjects().tries('us.state', 'recommend', { position: 'no-objection' }),
  'already-decided': () => rehearsal().licensed().tries('us.commerce', 'deny', basis),
  'not-before-president': () => noneObjects().tries('us.president', 'presidential-decision', { decision: 'approve' }),
  'decided-by-president': () => disputed().acts('us.president', 'presidential-decision', { decision: 'deny' }).tries('us.commerce', 'issue-license', license),
  'agencies-deny': () => allDeny().tries('us.commerce', 'issue-license', license),
  'basis-missing': () => rehearsal().referred().tries('us.state', 'recommend', { position: 'deny' }),
  'conditions-missing': () => rehearsal().referred().tries('us.state', 'recommend', { position: 'approve-with-conditions' }),
  'agencies-approve': () => allSay(noObjection, {}).tries('us.commerce', 'deny', basis),
  'agencies-approve-a-part': () => allSay({ position: 'approve-part', units: '10' }, {}).tries('us.commerce', 'issue-license', license),
  'conditions-contradict': () => contradicting().tries('us.commerce', 'issue-license', license),
  'conditions-not-accepted': () => allSay(noObjection, {}).tries('us.commerce', 'issue-license', { ...license, conditions: ['no transfer'] }),
  'decided-on-escalation': () => decidedByChair('approve').tries('us.commerce', 'deny', basis),
  'not-dissenting': () => decidedByChair('approve', 0).tries('us.state', 'escalate', appeal),
  'not-shown': () => referredToday({ agencyPositions: 'opaque' }).tries('us.state', 'recommend', noObjection),
  'notice-needed': () => allSay(denial).tries('us.commerce', 'deny', basis),
  'notice-not-needed': () => allSay(denial, {}).tries('us.commerce', 'notify-intent-to-deny', { ...basis, reason: 'the end user is not known' }),
  late: () =>
    notified()
      .after(20 * day)
      .tries('seller.desk', 'respond-to-intent-to-deny', { response: 'letter' }),
  'no-question': () => referredToday().tries('seller.desk', 'answer-information', { number: 'Q-7', answer: 'annex 3' }),
  'needs-ruling': () => rehearsal({}, routed()).submitted().tries('seller.desk', 'submit-application'),
  'denial-presumed': () => rehearsal({}, routed('presumption-of-denial')).submitted().tries('seller.desk', 'submit-application'),
  'paper-missing': () => rehearsal({}, papersNeeded()).submitted().tries('seller.desk', 'submit-application'),
  'not-in-policy': () => rehearsal().referred().tries('us.commerce', 'hold-without-action', { reason: 'policy pending' }),
  'no-condition': () => licensedUnder('audit: yearly | by buyer').tries('buyer', 'submit-evidence', { condition: '2', document: 'audit report' }),
  'not-yet': () => rehearsal().submitted().tries('us.commerce', 'refer'),
  'step-not-failed': () => rehearsal().submitted().tries('seller.desk', 'retry-step', { step: 'ship' }),
  'new-line-needed': () => turns.amend().tries('seller.desk', 'amend', { change: 'units', to: '7000', reason: 'more' }),
  'replacement-needed': () => turns.amend().tries('seller.desk', 'amend', { change: 'customer', to: 'other', reason: 'sold on' }),
  'not-settleable': () => reserveFailed().tries('seller.desk', 'settle-step', { step: 'reserve-stock', outcome: 'done', evidence: 'log' }),
};

describe('a refusal', () => {
  it.each(Object.entries(refusals))('%s is given, with the order in its sentence and with what would be taken instead', (code, refusal) => {
    const told = refusal();
    expect(told?.refused).toBe(code);
    expect(told?.message.length).toBeGreaterThan(10);
    expect(told?.accepted).not.toBe('');
  });

  it('has a test for every code that the core can give', () => {
    const tested = new Set<string | undefined>(Object.values(refusals).map((refusal) => refusal()?.refused));
    expect(
      Object.keys(refusalCodes).filter(
        (code) => code !== 'being-repaired' && code !== 'past-refused' && !Object.hasOwn(signingRefusals, code) && !tested.has(code),
      ),
    ).toEqual([]);
  });
});

describe('an act of the US review out of turn', () => {
  const acts = {
    register: { applicationNumber: 'Z1' },
    refer: {},
    escalate: { reason: 'x' },
    'issue-license': license,
    deny: basis,
  } as const;
  const states = {
    'not filed': () => rehearsal({ fileApplication: 'by-act' }).submitted(),
    filed: () => rehearsal().submitted(),
    registered: () => rehearsal().submitted().acts('us.commerce', 'register', { applicationNumber: 'Z1' }),
    referred: () => rehearsal().referred(),
    'before the President': disputed,
    'before Commerce': noneObjects,
    licensed: () => rehearsal().licensed(),
  } as const;

  it.each([
    [
      'not filed',
      { register: 'no-application', refer: 'no-application', escalate: 'no-application', 'issue-license': 'no-application', deny: 'no-application' },
    ],
    ['filed', { refer: 'not-yet', escalate: 'no-application', 'issue-license': 'no-application', deny: 'no-application' }],
    ['registered', { register: 'already-decided', escalate: 'no-application', 'issue-license': 'no-application', deny: 'no-application' }],
    ['referred', { register: 'already-decided', refer: 'already-decided', escalate: 'review-open', 'issue-license': 'review-open', deny: 'review-open' }],
    [
      'before the President',
      { register: 'review-closed', refer: 'review-closed', escalate: 'review-closed', 'issue-license': 'review-closed', deny: 'review-closed' },
    ],
    ['before Commerce', { register: 'review-closed', refer: 'review-closed', escalate: 'not-yet' }],
    [
      'licensed',
      { register: 'already-decided', refer: 'already-decided', escalate: 'already-decided', 'issue-license': 'already-decided', deny: 'already-decided' },
    ],
  ] as const)('is refused while the application is %s: %j', (state, expected) => {
    const order = states[state]();
    const told = Object.keys(expected).map((name) => {
      const act = (Object.keys(acts) as (keyof typeof acts)[]).find((one) => one === name);
      return [name, act && order.tries('us.commerce', act, acts[act])?.refused];
    });
    expect(Object.fromEntries(told)).toEqual(expected);
  });

  it('an agency is heard only once the application has been referred', () => {
    const refused = (state: keyof typeof states) => states[state]().tries('us.state', 'recommend', { position: 'no-objection' })?.refused;
    expect([refused('not filed'), refused('filed'), refused('registered')]).toEqual(['no-application', 'no-application', 'no-application']);
    expect([refused('before the President'), refused('before Commerce'), refused('licensed')]).toEqual(['review-closed', 'review-closed', 'already-decided']);
  });

  it('the application is filed once', () => {
    expect(filingFailed().tries('seller.desk', 'submit-application')?.refused).toBe('already-decided');
  });
});

import type { ActName } from '../../../domain/acts.ts';
import type { EventType } from '../../../domain/events.ts';
import type { Role } from '../../../domain/roles.ts';

const agencies: readonly Role[] = ['us.state', 'us.energy', 'us.defense'];
const desk = (act: ActName) => ({ act, roles: ['seller.desk'] }) as const;
const commerce = (act: ActName) => ({ act, roles: ['us.commerce'] }) as const;
const reviewers: readonly Role[] = ['us.commerce', ...agencies];

/** By hand: what only a person can bring about, by which act, in which role. */
export const byPeople: { readonly [T in EventType]?: { readonly act: ActName | readonly ActName[]; readonly roles: readonly Role[] } } = {
  'hit-cleared': { act: 'clear-hit', roles: ['compliance.second'] },
  'hit-confirmed': { act: 'confirm-hit', roles: ['compliance.second'] },
  certified: desk('certify'),
  'end-user-statement-issued': { act: 'issue-end-user-statement', roles: ['cn.mofcom'] },
  'classification-ruled': commerce('rule-on-classification'),
  'filing-confirmed': desk('confirm-filing'),
  'application-rejected': commerce('reject-unregistered'),
  'application-registered': commerce('register'),
  'application-referred': commerce('refer'),
  'application-returned': commerce('return-without-action'),
  'application-parked': commerce('hold-without-action'),
  'review-resumed': commerce('resume-review'),
  'withdrawal-requested': desk('withdraw-application'),
  'application-resubmitted': desk('resubmit'),
  'question-asked': { act: 'request-information', roles: reviewers },
  'question-answered': desk('answer-information'),
  'question-withdrawn': { act: 'withdraw-request', roles: reviewers },
  'position-given': { act: 'recommend', roles: agencies },
  escalated: { act: 'escalate', roles: reviewers },
  'level-decided': { act: 'decide-appeal', roles: ['us.oc-chair', 'us.acep', 'us.earb'] },
  'president-decided': { act: 'presidential-decision', roles: ['us.president'] },
  'conditions-consolidated': commerce('propose-conditions'),
  'conditions-concurred': { act: 'concur', roles: agencies },
  'conditions-answered': { act: ['accept-conditions', 'counter-conditions', 'decline-conditions'], roles: ['seller.desk'] },
  'denial-notified': commerce('notify-intent-to-deny'),
  'denial-response': desk('respond-to-intent-to-deny'),
  'denial-rescinded': commerce('rescind-intent-to-deny'),
  'license-issued': commerce('issue-license'),
  'license-denied': commerce('deny'),
  'decision-corrected': desk('correct'),
  'denial-appealed': desk('appeal-denial'),
  'purchase-applied': { act: 'apply-purchase', roles: ['buyer'] },
  'purchase-approved': { act: 'approve-purchase', roles: ['cn.mofcom', 'cn.miit'] },
  'purchase-denied': { act: 'deny-purchase', roles: ['cn.mofcom', 'cn.miit'] },
  'inspection-passed': { act: 'pass-inspection', roles: ['test.lab'] },
  'inspection-failed': { act: 'fail-inspection', roles: ['test.lab'] },
  'retest-requested': desk('request-retest'),
  'customs-released': { act: 'release', roles: ['cn.gacc'] },
  'customs-detained': { act: 'detain', roles: ['cn.gacc'] },
  'entry-refused': { act: 'refuse-entry', roles: ['cn.gacc'] },
  'return-ordered': { act: 'order-return', roles: ['cn.gacc'] },
  'goods-returned': { act: 'confirm-return', roles: ['carrier'] },
  'order-short-closed': desk('short-close'),
  'delivery-confirmed': { act: 'confirm-delivery', roles: ['carrier', 'buyer'] },
  'step-retried': desk('retry-step'),
  'step-settled': desk('settle-step'),
  'stock-recheck-requested': { act: 'recheck-stock', roles: ['seller.stock'] },
};

import type { CorrectableAct } from '../../domain/decided.ts';
import { agencies } from '../../domain/roles.ts';
import { correctable } from '../../domain/stages/corrections.ts';
import { day, policyOfToday } from '../support/orders.ts';
import { ladder } from './decision-stories.ts';
import { type Signers, SignedStory } from './signed-story.ts';
import { delivered, denial, licensed, purchased, referred } from './story-parts.ts';

const evidenced = 'audit: yearly | by buyer | to compliance.second | before book-shipment | binds buyer';

export async function conditions(signers: Signers): Promise<SignedStory> {
  const told = await ladder(signers);
  const { story } = told;
  await told.acts('us.commerce', 'propose-conditions', { conditions: ['audit: monthly'] });
  await told.acts('seller.desk', 'counter-conditions', { conditions: [evidenced], reason: 'a monthly audit cannot be met' });
  await told.acts('us.commerce', 'propose-conditions', { conditions: ['audit: weekly'] });
  await told.acts('seller.desk', 'decline-conditions', { reason: 'cannot be met' });
  await told.acts('us.commerce', 'propose-conditions', { conditions: [evidenced] });
  await told.acts('seller.desk', 'accept-conditions');
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: [evidenced] });
  await purchased(told);
  story.results['reduce-stock'] = { kept: 400 };
  await told.acts('seller.desk', 'amend', { change: 'units', to: '400', reason: 'the customer needs fewer' });
  await told.acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-0', reason: 'bandwidth above the declared figure' });
  await told.acts('seller.desk', 'request-retest', { reason: 'firmware corrected' });
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  await told.acts('buyer', 'submit-evidence', { condition: '1', document: 'audit report' });
  await told.acts('compliance.second', 'return-evidence', { condition: '1', reason: 'it names no site' });
  await told.acts('buyer', 'submit-evidence', { condition: '1', document: 'audit report with the site' });
  await told.acts('buyer', 'acknowledge-condition', { condition: '1', document: 'letter of 2 April' });
  story.results.ship = { outcome: 'license-refused', licenseNumber: 'D1', code: 'license-suspended', available: 0 };
  await told.acts('compliance.second', 'accept-evidence', { condition: '1' });
  story.results.ship = { outcome: 'shipped', waybill: 'WAYBILL-1' };
  await told.acts('seller.desk', 'recheck-license');
  await told.acts('seller.desk', 'amend', { change: 'site', to: 'hall 4', reason: 'the racks were moved' });
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  return await told.acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
}

export async function oneText(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday() });
  await referred(told);
  await told.acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['audit: monthly'] });
  await told.acts('us.energy', 'recommend', { position: 'approve-part', units: '2000', conditions: ['audit: yearly'] });
  await told.acts('us.defense', 'recommend', { position: 'no-objection' });
  await told.acts('us.commerce', 'propose-conditions', { conditions: ['audit: quarterly'] });
  await told.acts('us.state', 'concur');
  await told.acts('us.energy', 'concur');
  await told.acts('seller.desk', 'accept-conditions');
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['audit: quarterly'], units: '2000', expires: '2027-12-31' });
  return await delivered(await purchased(told));
}

/** Each decision that can be corrected is, the last first; the buyer is told of the license that follows. */
export async function corrected(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday() });
  const correct = async (act: CorrectableAct): Promise<unknown> => {
    const one = correctable(told.story.order).find((known) => known.act === act);
    return await told.acts('seller.desk', 'correct', { entry: one?.entry ?? '', reason: 'the letter is about another order' });
  };
  await referred(told);
  await told.acts('us.state', 'recommend', denial);
  await told.acts('us.energy', 'recommend', { position: 'no-objection' });
  await told.acts('us.defense', 'recommend', { position: 'no-objection' });
  await told.acts('us.president', 'presidential-decision', { decision: 'approve' });
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D0' });
  await purchased(told);
  await correct('approve-purchase');
  await correct('issue-license');
  await correct('presidential-decision');
  await told.acts('us.president', 'presidential-decision', { decision: 'approve' });
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
  await told.acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
  return await delivered(told);
}

export async function notShown(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday({ agencyPositions: 'opaque' }) });
  await referred(told);
  told.story.after(31 * day);
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
  return await delivered(await purchased(told));
}

export async function covered(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, {
    policy: policyOfToday(),
    world: ({ results }) => {
      results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }], license: { number: 'D0', conditions: ['no transfer'] } };
      results.ship = { outcome: 'license-refused', licenseNumber: 'D0', code: 'license-revoked', available: 0 };
    },
  });
  await purchased(told);
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  await told.acts('seller.desk', 'resubmit', { reason: 'the license was revoked' });
  return await referred(told);
}

export async function freeGoods(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday({}, { eligibility: [{ name: 'every product', route: 'no-license-required' }] }) });
  return await delivered(await purchased(told));
}

export async function mended(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, {
    terms: { fileApplication: 'by-act' },
    policy: policyOfToday(),
    world: ({ results, slow }) => {
      results['reserve-stock'] = { outcome: 'over-quota', quota: 'per customer', limit: 75_000, used: 70_000, left: 5_000 };
      slow.add('file-application');
    },
  });
  const { story } = told;
  story.results['reserve-stock'] = { outcome: 'short', free: 10, place: 2, waiting: 2 };
  await told.acts('seller.stock', 'recheck-stock');
  story.results['reserve-stock'] = { outcome: 'reserved', lots: [{ lot: 'L1', units: 6_000 }] };
  story.take({ type: 'stock-freed', key: `${story.order.terms.id}/reserve-stock/1` });
  await told.acts('seller.desk', 'submit-application');
  story.fails('file-application');
  await told.acts('seller.desk', 'retry-step', { step: 'file-application' });
  story.fails('file-application');
  await told.acts('seller.desk', 'settle-step', { step: 'file-application', outcome: 'done', evidence: 'FILING-1' });
  await referred(told);
  await told.changes('hold', 1);
  await told.changes('lift', 2);
  for (const agency of agencies) await told.acts(agency, 'recommend', { position: 'no-objection' });
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  return await told.acts('cn.mofcom', 'deny-purchase', { reason: 'domestic supply suffices' });
}

export async function refusedAtTheDoor(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, {
    policy: policyOfToday(),
    world: ({ results }) => {
      results['rescreen-parties'] = { outcome: 'hit', listVersion: 'list-2', matches: ['the same name'] };
    },
  });
  await purchased(await licensed(told));
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  return await told.acts('compliance.second', 'confirm-hit', { reason: 'the same registration number' });
}

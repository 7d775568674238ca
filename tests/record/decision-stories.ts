import { agencies } from '../../domain/roles.ts';
import { day, ladderRules, policyOfToday } from '../support/orders.ts';
import { type Signers, SignedStory } from './signed-story.ts';
import { denial, referred } from './story-parts.ts';

export async function papers(signers: Signers): Promise<SignedStory> {
  const filing = { certifications: ['us-supply'], endUserStatement: 'needed' } as const;
  const policy = policyOfToday({ filing }, { customers: 'vetted-by-commerce', eligibility: [{ name: 'every product', route: 'needs-ruling' }] });
  const told = await SignedStory.submitted(signers, {
    policy,
    world: ({ results }) => {
      results['screen-parties'] = { outcome: 'hit', listVersion: 'list-1', matches: ['a name like it'], standing: 'not-vetted' };
    },
  });
  await told.acts('compliance.second', 'clear-hit', { reason: 'another date of incorporation' });
  await told.acts('us.commerce', 'approve-customer', { reason: 'letter of 5 January' });
  await told.acts('us.commerce', 'rule-on-classification', { rulingNumber: 'CCATS-1', route: 'presumption-of-denial' });
  await told.acts('seller.desk', 'confirm-filing', { reason: 'the customer asks for a decision' });
  await told.acts('seller.desk', 'certify', { certification: 'us-supply', evidence: 'statement of 12 January' });
  await told.acts('cn.mofcom', 'issue-end-user-statement', { statementNumber: 'EUS-1' });
  await told.acts('us.commerce', 'reject-unregistered', { reason: 'a page is missing' });
  await told.acts('seller.desk', 'resubmit', { reason: 'the page is there' });
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100001' });
  await told.acts('seller.desk', 'withdraw-application', { reason: 'another site' });
  await told.acts('seller.desk', 'resubmit', { reason: 'the site is settled' });
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100002' });
  await told.acts('us.commerce', 'return-without-action', { reason: 'the item is not described' });
  await told.acts('seller.desk', 'resubmit', { reason: 'the item is described' });
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100003' });
  await told.acts('us.commerce', 'hold-without-action', { reason: 'policy pending' });
  told.story.after(day);
  await told.acts('us.commerce', 'resume-review', { reason: 'policy settled' });
  return await told.acts('seller.desk', 'cancel', { reason: 'the customer withdrew' });
}

export async function declined(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, {
    policy: policyOfToday({}, { customers: 'vetted-by-commerce' }),
    world: ({ results }) => {
      results['screen-parties'] = { outcome: 'clear', listVersion: 'list-1', standing: 'not-vetted' };
      results['record-customer'] = { recorded: 'declined' };
    },
  });
  return await told.acts('us.commerce', 'decline-customer', { reason: 'military end user' });
}

/** Up to the President, who approves. */
export async function ladder(signers: Signers): Promise<SignedStory> {
  const appeal = { reason: 'the policy asks for a denial', official: 'Assistant Secretary', basis: '15 CFR 750.4(f)' };
  const told = await SignedStory.submitted(signers, { policy: policyOfToday(ladderRules) });
  const { story } = told;
  await referred(told);
  await told.acts('us.state', 'request-information', { number: 'Q-1', question: 'who has access to the site?' });
  await told.acts('us.energy', 'request-information', { number: 'Q-2', question: 'how is it cooled?' });
  story.after(3 * day);
  await told.acts('seller.desk', 'answer-information', { number: 'Q-1', answer: 'annex 3' });
  await told.acts('us.energy', 'withdraw-request', { number: 'Q-2' });
  await told.acts('us.state', 'recommend', { position: 'no-objection' });
  await told.acts('us.energy', 'recommend', denial);
  await told.acts('us.defense', 'recommend', { position: 'approve-with-conditions', conditions: ['audit: yearly'] });
  story.after(14 * day);
  await told.acts('us.oc-chair', 'decide-appeal', { decision: 'approve' });
  await told.acts('us.energy', 'escalate', appeal);
  await told.acts('us.acep', 'decide-appeal', { votesToApprove: ['us.commerce', 'us.state'], votesToDeny: ['us.energy'] });
  await told.acts('us.energy', 'escalate', appeal);
  await told.acts('us.earb', 'decide-appeal', { votesToApprove: ['us.commerce'], votesToDeny: ['us.energy'] });
  await told.acts('us.energy', 'escalate', appeal);
  await told.acts('us.president', 'presidential-decision', { decision: 'approve' });
  return told;
}

export async function finalByTime(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday({ ...ladderRules, appealMs: 45 * day }) });
  await referred(told);
  for (const agency of agencies) await told.acts(agency, 'recommend', denial);
  const notice = { basis: '50 USC 4813, 15 CFR 742.6(b)', reason: 'the end user is not known' };
  await told.acts('us.commerce', 'notify-intent-to-deny', notice);
  told.story.after(5 * day);
  await told.acts('seller.desk', 'respond-to-intent-to-deny', { response: 'letter of 3 March' });
  await told.acts('us.commerce', 'rescind-intent-to-deny', { reason: 'the response may settle it' });
  told.story.after(50 * day);
  await told.acts('us.commerce', 'notify-intent-to-deny', notice);
  told.story.after(45 * day);
  told.story.after(20 * day);
  return await told.acts('seller.desk', 'appeal-denial', { grounds: 'the end user was mistaken for another', document: 'letter of 20 May' });
}

export async function nobodyAppeals(signers: Signers): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { policy: policyOfToday({ ...ladderRules, intentToDeny: null, appealMs: 45 * day }) });
  await referred(told);
  await told.acts('us.state', 'recommend', denial);
  await told.acts('us.energy', 'recommend', { position: 'no-objection' });
  told.story.after(45 * day);
  await told.acts('us.oc-chair', 'decide-appeal', { decision: 'deny' });
  told.story.after(6 * day);
  await told.acts('us.commerce', 'deny', { basis: '15 CFR 742.6(b)' });
  told.story.after(45 * day);
  return told;
}

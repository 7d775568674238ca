import { signDelegation } from '../../trust/sign-act.ts';
import { day, dayZero } from '../support/orders.ts';
import { type Signers, SignedStory } from './signed-story.ts';

const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-17', decidedAt: dayZero };

/** That the deputy may act for somebody, on every order. */
const delegationFrom = async (signers: Signers, role: 'us.commerce' | 'cn.mofcom'): Promise<string> => {
  const giver = signers.signer(role);
  const { holder: to } = signers.deputy;
  return await signDelegation(
    { format: 'twokey-delegation/1', role, from: giver.holder, to, orders: 'all', acts: 'all', begins: dayZero, ends: dayZero + 300 * day },
    giver,
  );
};

/**
 * An order of signed acts that is delivered: registered by the desk's word on evidence, held and let go on, unanswered by Energy, and referred
 * by a deputy of Commerce.
 */
export async function deliveredStory(signers: Signers, id = 'A-1'): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { terms: { id } });
  const { story } = told;
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100001' }, { evidence });
  const deputized = { deputy: signers.deputy, delegations: [await delegationFrom(signers, 'us.commerce')] };
  await told.acts('us.commerce', 'refer', {}, deputized);
  await told.acts('us.state', 'recommend', { position: 'no-objection' });
  story.after(day);
  await told.changes('hold', 1);
  story.after(day);
  await told.changes('lift', 2);
  await told.acts('us.defense', 'recommend', { position: 'approve-with-conditions', conditions: ['no transfer'] });
  story.after(40 * day);
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['no transfer', 'r\u00e9sum\u00e9 \ud83d\udddd'] });
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  await told.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  await told.acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
  return told;
}

/** An order of signed acts that all agencies and Commerce deny: short, with an act that two events tell. */
export async function deniedStory(signers: Signers, id = 'A-1'): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { terms: { id } });
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100001' }, { evidence });
  await told.acts('us.commerce', 'refer', {}, { deputy: signers.deputy, delegations: [await delegationFrom(signers, 'us.commerce')] });
  await told.changes('hold', 1);
  told.story.after(day);
  await told.changes('lift', 2);
  for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) await told.acts(agency, 'recommend', { position: 'deny', basis: '15 CFR 742.6(b)' });
  return await told.acts('us.commerce', 'deny', { basis: '15 CFR 742.6(b)' });
}

/**
 * An order that China denies while its stock is still looked for: as short as one can be with an act on evidence, one by a deputy, one by two
 * people and one that two events tell.
 */
export async function shortStory(signers: Signers, id = 'A-1'): Promise<SignedStory> {
  const told = await SignedStory.submitted(signers, { terms: { id }, world: ({ slow }) => void slow.add('reserve-stock') });
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }, { evidence });
  await told.changes('hold', 1);
  told.story.after(day);
  await told.changes('lift', 2);
  const deputized = { deputy: signers.deputy, delegations: [await delegationFrom(signers, 'cn.mofcom')] };
  return await told.acts('cn.mofcom', 'deny-purchase', { reason: 'domestic supply suffices' }, deputized);
}
export const shortRoles = ['seller.desk', 'compliance.second', 'buyer', 'policy.admin', 'cn.mofcom'] as const;

import { agencies } from '../../domain/roles.ts';
import type { SignedStory } from './signed-story.ts';

/** What an agency says that denies. */
export const denial = { position: 'deny', basis: '15 CFR 742.6(b)', statute: '50 USC 4813' };

/** Registered and referred. */
export async function referred(told: SignedStory): Promise<SignedStory> {
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100001' });
  return await told.acts('us.commerce', 'refer');
}

/** Objected to by nobody, and licensed. */
export async function licensed(told: SignedStory): Promise<SignedStory> {
  await referred(told);
  for (const agency of agencies) await told.acts(agency, 'recommend', { position: 'no-objection' });
  return await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
}

/** Applied for and approved in China. */
export async function purchased(told: SignedStory): Promise<SignedStory> {
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  return await told.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
}

/** From the test of the goods to their delivery. */
export async function delivered(told: SignedStory): Promise<SignedStory> {
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  return await told.acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
}

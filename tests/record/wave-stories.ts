import { dayOf } from '../../domain/stage.ts';
import { statement, withPapers as policyWithPapers } from '../domain/shipments.ts';
import { day, policyOfToday } from '../support/orders.ts';
import { type Signers, SignedStory } from './signed-story.ts';
import { licensed } from './story-parts.ts';

/** Applied for, approved for so many units, and tested: they leave. */
async function partLeaves(told: SignedStory, number: string, units: string): Promise<SignedStory> {
  await told.acts('buyer', 'apply-purchase', { applicationNumber: `CN-${number}` });
  await told.acts('cn.mofcom', 'approve-purchase', { approvalNumber: `CN-A-${number}`, units });
  return await told.acts('test.lab', 'pass-inspection', { reportNumber: `LAB-${number}` });
}

/** Of 6,000 units 2,000 arrive, 3,000 come back and 1,000 never leave. */
export async function inWaves(signers: Signers): Promise<SignedStory> {
  const told = await licensed(await SignedStory.submitted(signers, { policy: policyOfToday() }));
  await partLeaves(told, '1', '2000');
  await told.acts('cn.gacc', 'detain', { reason: 'labels do not match the declaration' });
  await partLeaves(told, '2', '3000');
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-2', wave: '2' });
  await told.acts('cn.gacc', 'order-return', { reason: 'not permitted' });
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  await told.acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-3' });
  await told.acts('cn.miit', 'deny-purchase', { reason: 'domestic supply suffices' });
  await told.acts('carrier', 'confirm-return', { proof: 'RETURN-1' });
  return await told.acts('seller.desk', 'short-close', { reason: 'the buyer wants no more' });
}

/** Refused at the border, all of it. */
export async function sentBack(signers: Signers): Promise<SignedStory> {
  const told = await licensed(await SignedStory.submitted(signers, { policy: policyOfToday() }));
  await partLeaves(told, '1', '6000');
  await told.acts('cn.gacc', 'detain', { reason: 'labels do not match the declaration' });
  await told.acts('cn.gacc', 'refuse-entry', { reason: 'not permitted' });
  return await told.acts('carrier', 'confirm-return', { proof: 'RETURN-1' });
}

/** Of units that fail some are replaced from stock, and for the others the order is shortened. */
export async function replaced(signers: Signers): Promise<SignedStory> {
  const told = await licensed(await SignedStory.submitted(signers, { policy: policyOfToday() }));
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  await told.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units: '2000' });
  told.story.results['replace-units'] = { replaced: [{ lot: 'L2', units: 2 }], missing: 1 };
  await told.acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-1', reason: 'memory errors', lot: 'L1', units: '3' });
  told.story.results['replace-units'] = { replaced: [], missing: 2 };
  await told.acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-2', reason: 'memory errors', lot: 'L1', serials: 'A-01..A-02' });
  return await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-3' });
}

/** Entered, tested, detained and let go by customs of the United States, on papers of which one expires; looked at where it arrived. */
export async function withPapers(signers: Signers): Promise<SignedStory> {
  const told = await licensed(await SignedStory.submitted(signers, { policy: policyWithPapers() }));
  await told.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  await told.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  await told.acts('us.cbp', 'release-entry', { entryNumber: '231-1' });
  await told.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
  const dated = dayOf(told.story.now);
  await told.acts('seller.desk', 'register-paper', { ...statement, dated, expires: dated });
  await told.acts('us.cbp', 'detain-export', { reason: 'the license is looked at' });
  told.story.after(day);
  await told.acts('seller.desk', 'register-paper', { ...statement, dated });
  await told.acts('us.cbp', 'release-export', { reason: 'the license covers the goods' });
  await told.acts('carrier', 'file-eei', { itn: 'X20251222123456' });
  await told.acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  await told.acts('buyer', 'confirm-delivery', { proof: 'POD-1' });
  return await told.acts('us.commerce', 'verify-use', { finding: 'as-licensed', document: 'EUC-1' });
}

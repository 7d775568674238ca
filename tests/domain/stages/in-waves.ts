import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';

export const pass = { reportNumber: 'LAB-1' };
export const release = { releaseNumber: 'GACC-1' };
export const proof = { proof: 'POD-1' };

/** Both keys have turned, the Chinese one for a part of 6,000 units. */
export function partApproved(units = '4000'): Rehearsal {
  const order = rehearsal({}, policyOfToday()).licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
  return order.acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1', units });
}
/** The first wave is before customs. */
export const firstLeft = (): Rehearsal => partApproved().acts('test.lab', 'pass-inspection', pass);
export const applied = (order: Rehearsal): Rehearsal => order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-2' });
/** Two waves are before customs. */
export const bothLeft = (): Rehearsal =>
  applied(firstLeft()).acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' }).acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-2' });
export const told = (order: Rehearsal, type: string) => order.events.filter((event) => event.type === type);

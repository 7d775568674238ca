import { pinnedPolicy } from '../../edge/policies.ts';
import type { Fields } from './generated-fields.ts';

/** All that a policy asks for before an application for the product is filed, brought at one moment. */
export function papersOf(policy: string, product: string, order: string, at: string): Fields[] {
  const pinned = pinnedPolicy(policy, product);
  if (!pinned) throw new Error(`policy ${policy} for ${product} is not there`);
  const { certifications, endUserStatement } = pinned.review.filing;
  return [
    ...certifications.map((certification) => ({ by: 'seller.desk', act: 'certify', certification, evidence: 'statement of the first day' })),
    ...(endUserStatement === 'needed' ? [{ by: 'cn.mofcom', act: 'issue-end-user-statement', statementNumber: 'EUS-1' }] : []),
  ].map((paper) => ({ at, order, ...paper }));
}

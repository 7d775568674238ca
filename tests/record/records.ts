import { chainOf } from '../../record/chain.ts';
import type { Chain } from '../../record/format.ts';
import { day, rehearsal } from '../support/orders.ts';

export const exportedAt = Date.UTC(2026, 5, 1);

/** An order that Energy leaves unanswered and that is delivered, as a chain; nobody signed its acts. */
export function deliveredChain(id = 'A-1'): Chain {
  const story = rehearsal({ id }).referred();
  story.acts('us.state', 'recommend', { position: 'no-objection' }).after(day).acts('us.defense', 'recommend', { position: 'no-objection' });
  story.after(40 * day).acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['no transfer', 'r\u00e9sum\u00e9 \ud83d\udddd'] });
  story.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' });
  story.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' }).acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' });
  story.acts('carrier', 'confirm-delivery', { proof: 'POD-1' });
  return chainOf(story.order, story.events);
}

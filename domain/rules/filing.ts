import { type Refusal, refuse } from '../refusal.ts';
import type { Route } from '../product.ts';
import { reviewRules } from '../rules-of.ts';
import type { Order } from '../state.ts';
import { classify } from './eligibility.ts';

/** How the policy's table looks at the ordered product: the same for the order's whole life. */
export const tableRoute = ({ policy }: Pick<Order, 'policy'>): Route =>
  policy.edition === 1 ? 'case-by-case' : classify(policy.product, policy.eligibility).route;

/** How an application for the order is looked at: by Commerce's ruling where there is one, else by the policy's table. */
export const routeOf = (order: Order): Route => order.filing?.ruling?.route ?? tableRoute(order);

/** Certifications that the policy asks for and that nobody has given yet. */
export function missingCertifications({ policy, filing }: Order): readonly string[] {
  const given = filing?.certified ?? [];
  return reviewRules(policy).filing.certifications.filter((one) => !given.includes(one));
}

/** Whether the Chinese end-user statement is asked for before filing and is not there yet (15 CFR 748.10). */
export const isStatementMissing = ({ policy, filing }: Order): boolean =>
  reviewRules(policy).filing.endUserStatement === 'needed' && filing?.endUserStatement === undefined;

/** Why the application cannot be filed yet; undefined where it can. */
export function filingFault(order: Order): Refusal | undefined {
  const { id, product } = order.terms;
  const route = routeOf(order);
  if (route === 'needs-ruling') return refuse('needs-ruling', `order ${id}: how ${product} is looked at is not known`, 'rule-on-classification by us.commerce');
  if (route === 'presumption-of-denial' && !order.filing?.confirmed)
    return refuse('denial-presumed', `order ${id}: denial is presumed for ${product}`, 'confirm-filing by seller.desk first');
  const missing = missingCertifications(order);
  if (missing.length > 0) return refuse('paper-missing', `order ${id}: not certified: ${missing.join(', ')}`, 'certify by seller.desk');
  return isStatementMissing(order)
    ? refuse('paper-missing', `order ${id}: the Chinese end-user statement is missing`, 'issue-end-user-statement by cn.mofcom')
    : undefined;
}

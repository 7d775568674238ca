import { z } from 'zod';
import type { Order } from '../domain/state.ts';
import { currencies, customerClasses, endUses, products } from '../domain/terms.ts';
import { tampered } from './fault.ts';
import type { Chain } from './format.ts';
import { pinnedPolicySchema } from './pinned-policy.ts';

const whole = z.int().min(0);
const termsSchema = z.strictObject({
  id: z.string(),
  customer: z.string(),
  customerClass: z.enum(customerClasses),
  product: z.enum(products),
  units: whole,
  unitPriceMinor: whole,
  currency: z.enum(currencies),
  endUse: z.enum(endUses),
  reviews: z.enum(['in-sequence', 'side-by-side']),
  fileApplication: z.enum(['when-allocated', 'by-act']),
  shipBy: z.string().exactOptional(),
  replaces: z.string().exactOptional(),
});

/** The terms and policy of a record, as the rules know them. Throws `RecordFault`: `terms-invalid`. */
export function agreedIn({ terms, policy }: Chain): Pick<Order, 'terms' | 'policy'> {
  const [ordered, pinned] = [termsSchema.safeParse(terms), pinnedPolicySchema.safeParse(policy)];
  if (ordered.success && pinned.success) return { terms: ordered.data, policy: pinned.data };
  const place = (ordered.error ?? pinned.error)?.issues[0]?.path.join('.') ?? '';
  throw tampered('terms-invalid', `${ordered.success ? 'policy' : 'terms'}.${place}: not of a form that this release knows, so no act on them can be judged`);
}

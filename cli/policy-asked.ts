import type { ProductSpec } from '../domain/product.ts';
import type { OrderTerms } from '../domain/terms.ts';
import { policyDocument, policyIds, policyInForce } from '../edge/policies.ts';
import type { PolicyDocument } from '../edge/policy-form.ts';
import { findProduct } from '../edge/products.ts';
import { dayIn, washington } from '../edge/zones.ts';
import { usage } from './failure.ts';

/** The calendar day in Washington, by which policies come into force. */
export const today = (): string => dayIn(washington, Date.now());

/** The policy of this id, else the one in force on a day (YYYY-MM-DD). Throws `CommandFailure`, `policy-unknown` or `no-policy`. */
export function policyAsked(id: string | undefined, day: string): PolicyDocument {
  if (id === undefined) return inForceOn(day);
  const policy = policyDocument(id);
  if (!policy) throw usage(`policy ${id.slice(0, 64)} is unknown; accepted are ${policyIds().join(', ')}`, 'policy-unknown');
  return policy;
}

/** What is known of the product of an order. Throws `CommandFailure`, `product-unknown`. */
export function specOf({ id, product }: OrderTerms): ProductSpec {
  const spec = findProduct(product);
  if (!spec) throw usage(`order ${id}: nothing is known of product ${product}; add it to policies/products.yaml`, 'product-unknown');
  return spec;
}

function inForceOn(day: string): PolicyDocument {
  try {
    return policyInForce(day);
  } catch (error) {
    throw error instanceof RangeError ? usage(error.message, 'no-policy') : error;
  }
}

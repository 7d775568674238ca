import type { OrderTerms } from '../../domain/terms.ts';

/** The terms of an order, as far as the ledger cares. */
export const termsOf = (id: string, customer: string, product: OrderTerms['product'], units: number): OrderTerms => ({
  ...{ id, customer, product, units, customerClass: 'core', unitPriceMinor: 3_000_000, currency: 'USD' },
  ...{ endUse: 'civil-ai', reviews: 'in-sequence', fileApplication: 'by-act' },
});

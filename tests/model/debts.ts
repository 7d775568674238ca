import type { StepName } from '../../domain/steps.ts';

/** What an order has out in the world and must take back if it ends early. */
export type Debt = 'stock' | 'application' | 'test' | 'booking';

/** By hand, as a person would list them: the step that makes a debt, and the step that pays it back. */
const madeBy: { readonly [S in StepName]?: Debt } = {
  'reserve-stock': 'stock',
  'file-application': 'application',
  'request-inspection': 'test',
  'book-shipment': 'booking',
};
const paidBy: { readonly [S in StepName]?: Debt } = {
  'release-stock': 'stock',
  'withdraw-application': 'application',
  'cancel-inspection': 'test',
  'cancel-booking': 'booking',
};

/** First to last as an order makes them; they are paid back from the last to the first. */
export const debts: readonly Debt[] = ['stock', 'application', 'test', 'booking'];
export const debtMadeBy = (step: StepName): Debt | undefined => madeBy[step];
export const debtPaidBy = (step: StepName): Debt | undefined => paidBy[step];

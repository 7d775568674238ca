export { nightlyScreening, screeningNow } from './nightly-screening.ts';
export { orderApproval } from './order-approval.ts';
export { stockReceipt } from './stock-receipt.ts';

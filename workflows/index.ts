export { orderApproval } from './order-approval.ts';

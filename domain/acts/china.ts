import { type ActSpec, text } from './spec.ts';

/** The Chinese key. */
export const chinaActs = {
  'apply-purchase': {
    says: 'The buyer applies in China for approval of the purchase.',
    by: ['buyer'],
    fields: { applicationNumber: text('number of the Chinese application') },
    whileHeld: 'taken',
    example: { applicationNumber: 'CN-2026-001' },
  },
  'approve-purchase': {
    says: 'China approves the purchase: the Chinese key turns.',
    by: ['cn.mofcom', 'cn.miit'],
    fields: { approvalNumber: text('number of the approval') },
    whileHeld: 'taken',
    example: { approvalNumber: 'CN-A-001' },
  },
  'deny-purchase': {
    says: 'China denies the purchase.',
    by: ['cn.mofcom', 'cn.miit'],
    fields: { reason: text('reason given') },
    whileHeld: 'taken',
    example: { reason: 'domestic supply suffices' },
  },
} as const satisfies Readonly<Record<string, ActSpec>>;

import { type ActSpec, countOrNone, later, text } from './spec.ts';

/** The Chinese key. */
export const chinaActs = {
  'apply-purchase': {
    says: 'The buyer applies in China for approval of the purchase, or of the rest of one that was approved in part.',
    by: ['buyer'],
    fields: { applicationNumber: text('number of the Chinese application') },
    whileHeld: 'taken',
    example: { applicationNumber: 'CN-2026-001' },
  },
  'approve-purchase': {
    says: 'China approves the purchase, or a part of it: the Chinese key turns.',
    by: ['cn.mofcom', 'cn.miit'],
    fields: { approvalNumber: text('number of the approval'), units: later(countOrNone('units that it covers; all that are not approved yet where left out')) },
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

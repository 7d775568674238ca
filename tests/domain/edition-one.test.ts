import { describe, expect, it } from 'vitest';
import { rehearsal } from '../support/orders.ts';
import { allDeny, noneObjects } from './turns.ts';

describe('an order of edition 1', () => {
  it.each([
    ['units', { units: '5' }],
    ['a last day', { expires: '2001-01-01' }],
  ])('takes no license with %s, which its rules do not know', (_what, fields) => {
    const refusal = noneObjects().tries('us.commerce', 'issue-license', { licenseNumber: 'D1', ...fields });
    expect(refusal?.refused).toBe('not-in-policy');
    expect(refusal?.message).toContain(`${Object.keys(fields)[0]} of issue-license`);
  });

  it('takes no statutory basis beside the other', () => {
    const fields = { position: 'deny', basis: '15 CFR 742.6(b)', statute: '50 USC 4813' };
    expect(rehearsal().referred().tries('us.state', 'recommend', fields)?.refused).toBe('not-in-policy');
  });

  it('is taken to the President by Commerce alone', () => {
    expect(allDeny().tries('us.state', 'escalate', { reason: 'x' })?.refused).toBe('not-entitled');
    expect(allDeny().tries('us.commerce', 'escalate', { reason: 'x' })).toBeUndefined();
  });
});

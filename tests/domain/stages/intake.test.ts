import { describe, expect, it } from 'vitest';
import { rehearsal } from '../../support/orders.ts';
import { hit } from '../turns.ts';

describe('a screening hit', () => {
  it('stops the order and asks the second pair of eyes', () => {
    const order = hit();
    expect(order.order.intake).toEqual({ state: 'hit', matches: ['entity 17'] });
    expect(order.plan).toMatchObject({ stage: 'intake', run: [], asks: [{ role: 'compliance.second', acts: ['clear-hit', 'confirm-hit'] }] });
  });

  it('that is a false match is cleared and the order goes on', () => {
    const order = hit().acts('compliance.second', 'clear-hit', { reason: 'other date of incorporation' });
    expect(order.order).toMatchObject({ intake: { state: 'cleared' }, allocation: { state: 'reserved' }, usReview: { state: 'filed' } });
  });

  it('that is true ends the order before anything was reserved: nothing to take back', () => {
    const order = hit().acts('compliance.second', 'confirm-hit', { reason: 'same registration number' });
    expect(order.order).toMatchObject({ outcome: 'refused-at-intake', allocation: { state: 'unallocated' } });
    expect(Object.keys(order.order.steps)).toEqual(['screen-parties', 'notify-ending']);
    expect(order.plan.closed).toBe(true);
  });

  it('is answered once, and not where there is none', () => {
    const order = hit().acts('compliance.second', 'clear-hit', { reason: 'false' });
    expect(order.tries('compliance.second', 'confirm-hit', { reason: 'true' })?.refused).toBe('not-yet');
    expect(rehearsal().submitted().tries('compliance.second', 'clear-hit', { reason: 'false' })?.refused).toBe('not-yet');
  });
});

import { describe, expect, it } from 'vitest';
import { isReady, type Retold } from '../../domain/retold.ts';
import { dayZero, rehearsal } from '../support/orders.ts';
import { filingFailed, short } from './turns.ts';

const after = (...keys: readonly string[]): Retold => ({
  type: 'act',
  at: dayZero,
  after: keys,
  act: { name: 'cancel', id: 'the-act', by: 'seller.desk', reason: 'x' },
});

describe('what an order had taken before it was repaired', () => {
  it('is told again at once where it waits for no answer', () => {
    expect(isReady(rehearsal().order, after())).toBe(true);
  });

  it('waits for every answer that had come before it', () => {
    const order = rehearsal();
    order.slow.add('file-application');
    order.submitted();
    expect(isReady(order.order, after('A-1/screen-parties/0', 'A-1/reserve-stock/0'))).toBe(true);
    expect(isReady(order.order, after('A-1/screen-parties/0', 'A-1/file-application/0'))).toBe(false);
    expect(isReady(order.answers('file-application').order, after('A-1/screen-parties/0', 'A-1/file-application/0'))).toBe(true);
  });

  it('takes a failure for an answer', () => {
    expect(isReady(filingFailed().order, after('A-1/file-application/0'))).toBe(true);
  });

  it('waits for the answer to the very wish it came after, not to an older one', () => {
    const order = short();
    order.slow.add('reserve-stock');
    order.acts('seller.stock', 'recheck-stock');
    expect(isReady(order.order, after('A-1/reserve-stock/0'))).toBe(true);
    expect(isReady(order.order, after('A-1/reserve-stock/1'))).toBe(false);
    expect(isReady(order.answers('reserve-stock').order, after('A-1/reserve-stock/1'))).toBe(true);
  });
});

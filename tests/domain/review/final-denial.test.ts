import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../../domain/events.ts';
import { day, type Rehearsal } from '../../support/orders.ts';
import { reviewJourneys } from '../review-moves.ts';
import { appeal, before } from '../reviews.ts';
import { Walk } from '../walk.ts';

const deniedByPresident = (): Rehearsal => before('president').acts('us.president', 'presidential-decision', { decision: 'deny' });
/** The EARB has denied and nobody has appealed. */
const deniedByEarb = (): Rehearsal =>
  before('earb')
    .acts('us.earb', 'decide-appeal', { votesToDeny: ['us.commerce', 'us.energy'] })
    .after(5 * day);

/** Whether this application was licensed: a new one has another life. */
function isLicensed(events: readonly OrderEvent[]): boolean {
  const resubmitted = events.findIndex(({ type }) => type === 'application-resubmitted');
  return events.slice(0, resubmitted === -1 ? undefined : resubmitted).some(({ type }) => type === 'license-issued');
}

describe('a denial by the last level', () => {
  it.each([
    ['the President', deniedByPresident],
    ['the EARB, where nobody appeals', deniedByEarb],
  ] as const)('of %s is final: whatever comes then, unless it was never made, the application is never licensed', (_, reach) => {
    let denied = 0;
    fc.assert(
      fc.property(reviewJourneys, ({ moves }) => {
        const walk = new Walk(reach());
        walk.along(moves.filter((move) => move.kind !== 'act' || move.name !== 'correct'));
        expect(isLicensed(walk.events)).toBe(false);
        denied += walk.order.usReview.state === 'denied' ? 1 : 0;
      }),
      { numRuns: 300 },
    );
    expect(denied).toBeGreaterThan(0);
  });

  it.each([deniedByPresident, deniedByEarb])('is appealed by nobody, escalated by nobody and licensed by nobody', (reach) => {
    const order = reach();
    const untouched = order.order;
    for (const by of ['us.commerce', 'us.state', 'us.energy', 'us.defense'] as const) expect(order.tries(by, 'escalate', appeal)).toBeDefined();
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })).toBeDefined();
    expect(order.tries('us.commerce', 'propose-conditions', { conditions: ['no transfer'] })).toBeDefined();
    expect(order.tries('us.president', 'presidential-decision', { decision: 'approve' })).toBeDefined();
    expect(order.order).toBe(untouched);
  });

  it('of the President takes no notice: Commerce denies, and the order has ended', () => {
    const order = deniedByPresident();
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['deny'] }]);
    expect(order.tries('us.commerce', 'notify-intent-to-deny', { basis: '15 CFR 742.6(b)', reason: 'why' })?.refused).toBe('notice-not-needed');
    order.acts('us.commerce', 'deny', { basis: '15 CFR 742.6(b)' });
    expect(order.order).toMatchObject({ outcome: 'denied-by-us', usReview: { state: 'denied' } });
  });
});

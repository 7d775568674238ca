import { describe, expect, it } from 'vitest';
import { deadlineSummary } from '../../../domain/plan.ts';
import { day, dayZero, rehearsal } from '../../support/orders.ts';
import { allDeny, disputed, noneObjects } from '../turns.ts';

const basis = { basis: '15 CFR 742.6(b)' };
const position = (order: ReturnType<typeof rehearsal>, agency: 'us.state' | 'us.energy' | 'us.defense') =>
  'positions' in order.order.usReview ? order.order.usReview.positions[agency] : undefined;

describe('an agency that is silent', () => {
  it('for 30 days is deemed to have no objection, and not a millisecond before', () => {
    const order = rehearsal()
      .referred()
      .acts('us.state', 'recommend', { position: 'no-objection' })
      .acts('us.defense', 'recommend', { position: 'no-objection' });

    order.after(30 * 86_400_000 - 1);
    expect(position(order, 'us.energy')).toEqual({ state: 'asked', clock: { state: 'running', dueAt: dayZero + 2_592_000_000 } });
    expect(order.plan.deadline).toEqual({ at: dayZero + 2_592_000_000, roles: ['us.energy'], says: 'positions due', day: '2026-01-21' });
    expect(order.plan.deadline && deadlineSummary(order.plan.deadline)).toBe('Energy: positions due 2026-01-21');

    order.after(1);
    expect(position(order, 'us.energy')).toEqual({ state: 'deemed', position: 'no-objection' });
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'none-objects' });
  });

  it('is deemed at the moment its time was up, however late the alarm rings', () => {
    const order = rehearsal()
      .referred()
      .after(77 * day);
    const deemed = order.events.filter((event) => event.type === 'agency-deemed' || event.type === 'review-closed');
    expect(deemed.map((event) => event.at)).toEqual(Array.from({ length: 4 }, () => dayZero + 30 * day));
  });

  it('together with the two others and with Commerce, leaves the order waiting on Commerce: no license, no timer', () => {
    const order = rehearsal()
      .referred()
      .after(30 * day);
    for (let days = 0; days < 200; days += 1) order.after(day);

    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'none-objects' });
    expect(order.plan).toMatchObject({ run: [], asks: [{ role: 'us.commerce', acts: ['issue-license', 'deny'] }], deadline: undefined });
    expect(order.story).not.toContain('license-issued');
    expect(order.order.outcome).toBeUndefined();
  });

  it('does not turn a denial of another agency: the disagreement goes to the President, who has no timer', () => {
    const order = rehearsal()
      .referred()
      .acts('us.state', 'recommend', { position: 'deny', ...basis })
      .after(300 * day);
    expect(order.plan).toMatchObject({ asks: [{ role: 'us.president', acts: ['presidential-decision'] }], deadline: undefined });
    expect(order.story).not.toContain('president-decided');
  });

  it('is deemed under the days of the policy that the order is pinned to', () => {
    const order = rehearsal({}, { opinionMs: 10 * day })
      .referred()
      .after(10 * day - 1);
    expect(order.order.usReview.state).toBe('referred');
    expect(order.after(1).order.usReview.state).toBe('before-commerce');
  });
});

describe('a position', () => {
  it('may change until the review closes, and then not any more', () => {
    const order = rehearsal()
      .referred()
      .acts('us.state', 'recommend', { position: 'deny', ...basis })
      .acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['no transfer'] })
      .acts('us.energy', 'recommend', { position: 'no-objection' });
    expect(position(order, 'us.state')).toEqual({ state: 'given', position: 'approve-with-conditions', conditions: ['no transfer'] });

    order.acts('us.defense', 'recommend', { position: 'no-objection' });
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const)
      expect(order.tries(agency, 'recommend', { position: 'deny', ...basis })?.refused).toBe('review-closed');
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'none-objects' });
  });

  it('comes too late at the very moment the time is up, also where no alarm has rung', () => {
    const order = rehearsal().referred();
    order.now += 30 * day;
    expect(order.tries('us.state', 'recommend', { position: 'deny', ...basis })?.refused).toBe('review-closed');
    order.now -= 1;
    expect(order.tries('us.state', 'recommend', { position: 'deny', ...basis })).toBeUndefined();
  });

  it('of denial needs its basis, of approval with conditions needs them', () => {
    const order = rehearsal().referred();
    expect(order.tries('us.state', 'recommend', { position: 'deny' })?.refused).toBe('basis-missing');
    expect(order.tries('us.state', 'recommend', { position: 'approve-with-conditions' })?.refused).toBe('conditions-missing');
    expect(position(order, 'us.state')).toMatchObject({ state: 'asked' });
  });

  it('of one agency does not stop the clocks of the others, who alone are still asked', () => {
    const order = rehearsal()
      .referred()
      .after(12 * day)
      .acts('us.energy', 'recommend', { position: 'no-objection' });
    expect(order.plan.asks).toEqual([
      { role: 'us.state', acts: ['recommend'], dueAt: dayZero + 30 * day },
      { role: 'us.defense', acts: ['recommend'], dueAt: dayZero + 30 * day },
    ]);
    expect(order.plan.deadline && deadlineSummary(order.plan.deadline)).toBe('State, Defense: positions due 2026-01-21');
  });
});

describe('the word of the President', () => {
  it('to approve is carried out by Commerce, who cannot contradict it', () => {
    const order = disputed().acts('us.president', 'presidential-decision', { decision: 'approve' });
    expect(order.tries('us.commerce', 'deny', basis)?.refused).toBe('decided-by-president');
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['no transfer'] });
    expect(order.order.usReview).toMatchObject({ state: 'licensed', license: { number: 'D1', conditions: ['no transfer'], issuedAt: dayZero } });
  });

  it('to deny is carried out by Commerce, who cannot contradict it, and ends the order', () => {
    const order = disputed().acts('us.president', 'presidential-decision', { decision: 'deny' });
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })?.refused).toBe('decided-by-president');
    order.acts('us.commerce', 'deny', basis);
    expect(order.order).toMatchObject({ outcome: 'denied-by-us', levyMinor: 0, allocation: { state: 'released' }, usReview: { state: 'denied' } });
    expect(order.plan.closed).toBe(true);
  });

  it('is not heard where nothing lies before the President, nor twice', () => {
    expect(noneObjects().tries('us.president', 'presidential-decision', { decision: 'approve' })?.refused).toBe('not-before-president');
    const decided = disputed().acts('us.president', 'presidential-decision', { decision: 'deny' });
    expect(decided.tries('us.president', 'presidential-decision', { decision: 'approve' })?.refused).toBe('not-before-president');
  });
});

describe('a denial by all three agencies', () => {
  it('lets Commerce deny or escalate, not license', () => {
    const order = allDeny();
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['deny', 'escalate'] }]);
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })?.refused).toBe('agencies-deny');
    order.acts('us.commerce', 'escalate', { reason: 'consistent with the announced policy' });
    expect(order.plan.asks).toEqual([{ role: 'us.president', acts: ['presidential-decision'] }]);
  });
});

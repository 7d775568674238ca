import { describe, expect, it } from 'vitest';
import { day, dayZero, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { allSay, appeal, before, denial, noObjection, referredToday, spoken } from '../reviews.ts';

const chairApproves = { decision: 'approve' };
const decided = (): Rehearsal => before('oc-chair').acts('us.oc-chair', 'decide-appeal', chairApproves);

describe('the chair of the Operating Committee', () => {
  it('decides alone, without votes, and is asked with its 14 days', () => {
    const order = before('oc-chair');
    expect(order.plan.asks).toEqual([{ role: 'us.oc-chair', acts: ['decide-appeal'], dueAt: dayZero + 14 * day }]);
    expect(order.tries('us.oc-chair', 'decide-appeal', { ...chairApproves, votesToDeny: ['us.energy'] })?.refused).toBe('invalid-act');
    expect(order.tries('us.oc-chair', 'decide-appeal', {})?.refused).toBe('invalid-act');
    expect(order.tries('us.acep', 'decide-appeal', { votesToApprove: ['us.state'] })).toMatchObject({
      refused: 'not-entitled',
      accepted: 'decide-appeal by us.oc-chair',
    });
    expect(order.acts('us.oc-chair', 'decide-appeal', chairApproves).order.usReview.state).toBe('appealable');
  });

  it('that is late has decided nothing: people are told, and it may decide still', () => {
    const order = before('oc-chair').after(14 * day);
    expect(order.story.at(-1)).toBe('decision-overdue');
    expect(order.order.usReview).toMatchObject({ state: 'before-level', due: { state: 'reached', at: dayZero + 14 * day } });
    expect(order.after(20 * day).acts('us.oc-chair', 'decide-appeal', chairApproves).order.usReview.state).toBe('appealable');
  });

  it('decides at once for Commerce where nobody dissents', () => {
    const order = allSay(denial).acts('us.commerce', 'escalate', { reason: 'why' }).acts('us.oc-chair', 'decide-appeal', { decision: 'deny' });
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'escalation-denied' });
  });
});

describe('an appeal', () => {
  it('is for a dissenting agency only, and names its official and its basis', () => {
    const order = decided();
    expect(order.plan.asks).toEqual([{ role: 'us.energy', acts: ['escalate'], dueAt: dayZero + 5 * day }]);
    for (const by of ['us.state', 'us.defense'] as const)
      expect(order.tries(by, 'escalate', appeal)).toMatchObject({ refused: 'not-dissenting', accepted: 'escalate by us.energy' });
    expect(order.tries('us.commerce', 'escalate', appeal)).toBeDefined();
    expect(order.tries('us.energy', 'escalate', { ...appeal, official: undefined })?.refused).toBe('basis-missing');
    expect(order.tries('us.energy', 'escalate', { ...appeal, basis: undefined })?.refused).toBe('basis-missing');
    expect(order.acts('us.energy', 'escalate', appeal).order.usReview).toMatchObject({
      state: 'before-level',
      level: 'acep',
      due: { dueAt: dayZero + 11 * day },
    });
    expect(order.events.at(-1)).toMatchObject({ type: 'escalated', by: 'us.energy', official: appeal.official, basis: appeal.basis });
  });

  it('comes within 5 days, to the millisecond', () => {
    const inTime = decided().after(5 * day - 1);
    expect(inTime.tries('us.energy', 'escalate', appeal)).toBeUndefined();
    const late = decided();
    late.now += 5 * day;
    expect(late.tries('us.energy', 'escalate', appeal)?.refused).toBe('not-dissenting');
    expect(late.after(0).order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'escalation-approved' });
  });

  it('stops with a hold, and has its days afterwards', () => {
    const order = decided()
      .after(3 * day)
      .hold()
      .after(50 * day)
      .lift()
      .after(2 * day - 1);
    expect(order.tries('us.energy', 'escalate', appeal)).toBeUndefined();
  });

  it('is not for an agency that was silent, nor for one that has changed its mind with its vote', () => {
    const order = spoken(referredToday(ladderRules), denial, noObjection, 'silent').acts('us.oc-chair', 'decide-appeal', { decision: 'deny' });
    expect(order.plan.asks.map(({ role }) => role)).toEqual(['us.energy']);
    order.acts('us.energy', 'escalate', appeal).acts('us.acep', 'decide-appeal', { votesToDeny: ['us.commerce', 'us.energy'], votesToApprove: ['us.defense'] });
    expect(order.plan.asks.map(({ role }) => role)).toEqual(['us.defense']);
  });
});

describe('a committee', () => {
  const acep = (votes: Readonly<Record<string, unknown>>): Rehearsal => before('acep').acts('us.acep', 'decide-appeal', votes);
  const decision = (order: Rehearsal) => order.events.flatMap((event) => (event.type === 'level-decided' ? [event.decision.decision] : [])).at(-1);

  it('decides by the majority of the votes given, and a tie leaves what was decided before', () => {
    expect(decision(acep({ votesToDeny: ['us.commerce', 'us.energy'], votesToApprove: ['us.state'] }))).toBe('deny');
    expect(decision(acep({ votesToDeny: ['us.energy'] }))).toBe('deny');
    expect(decision(acep({ votesToDeny: ['us.energy'], votesToApprove: ['us.state'] }))).toBe('approve');
    expect(decision(acep({}))).toBe('approve');
  });

  it('counts each voter once, and takes no word of a chair', () => {
    expect(before('acep').tries('us.acep', 'decide-appeal', { votesToDeny: ['us.energy'], votesToApprove: ['us.energy'] })?.refused).toBe('invalid-act');
    expect(before('acep').tries('us.acep', 'decide-appeal', { votesToDeny: ['us.president'] })?.refused).toBe('invalid-act');
    expect(before('acep').tries('us.acep', 'decide-appeal', chairApproves)?.refused).toBe('invalid-act');
  });

  it('of Cabinet level is the last before the President, who has no timer', () => {
    const order = before('president');
    expect(order.order.usReview).toMatchObject({ state: 'before-president', decisions: [{ level: 'oc-chair' }, { level: 'acep' }, { level: 'earb' }] });
    expect(order.plan.asks).toEqual([{ role: 'us.president', acts: ['presidential-decision'] }]);
    expect(order.after(1_000 * day).order.usReview.state).toBe('before-president');
    order.acts('us.president', 'presidential-decision', { decision: 'approve' }).acts('us.commerce', 'issue-license', { licenseNumber: 'D1' });
    expect(order.order.usReview.state).toBe('licensed');
  });
});

describe('day 90', () => {
  it('is told, and leaves state and clocks as they are', () => {
    const start = before('oc-chair');
    const order = start.after(90 * day);
    expect(order.events.filter(({ type }) => type === 'limit-reached').map(({ at }) => at)).toEqual([dayZero + 90 * day]);
    expect(order.order.usReview).toMatchObject({ state: 'before-level', level: 'oc-chair', limit: { state: 'reached', at: dayZero + 90 * day } });
    expect(order.plan.asks.map(({ role }) => role)).toContain('us.oc-chair');
    expect(order.acts('us.oc-chair', 'decide-appeal', chairApproves).order.usReview.state).toBe('appealable');
  });

  it('comes in the midst of other clocks and moves none of them', () => {
    const order = before('oc-chair')
      .after(87 * day)
      .acts('us.oc-chair', 'decide-appeal', chairApproves)
      .after(4 * day);
    expect(order.story.at(-1)).toBe('limit-reached');
    expect(order.order.usReview).toMatchObject({ state: 'appealable', clock: { state: 'running', dueAt: dayZero + 92 * day } });
  });
});

describe('without a ladder', () => {
  it('a disagreement goes straight to the President, and nobody appeals', () => {
    const order = before('oc-chair', referredToday());
    expect(order.order.usReview.state).toBe('before-president');
    expect(order.tries('us.energy', 'escalate', appeal)?.refused).toBe('not-dissenting');
    expect(order.tries('us.oc-chair', 'decide-appeal', chairApproves)?.refused).toBe('review-closed');
  });
});

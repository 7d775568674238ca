import { describe, expect, it } from 'vitest';
import { day, type Rehearsal } from '../../support/orders.ts';
import { allSay, denial, noObjection, referredToday, spoken, withConditions } from '../reviews.ts';

const given = (order: Rehearsal) =>
  order.events.flatMap((event) => (event.type === 'position-given' && event.agency === 'us.state' ? [event.position.position] : []));
const part = { position: 'approve-part', units: '10' };

describe('a recommendation', () => {
  it('to deny needs its statutory and its regulatory basis', () => {
    const order = referredToday();
    const { statute, basis, position } = denial;
    expect(order.tries('us.state', 'recommend', { position })?.refused).toBe('basis-missing');
    expect(order.tries('us.state', 'recommend', { position, basis })).toMatchObject({
      refused: 'basis-missing',
      message: expect.stringContaining('statutory'),
    });
    expect(order.tries('us.state', 'recommend', { position, statute })?.refused).toBe('basis-missing');
    expect(order.acts('us.state', 'recommend', denial).order.usReview).toMatchObject({ positions: { 'us.state': { position: 'deny', statute, basis } } });
  });

  it('takes no fields of another', () => {
    const order = referredToday();
    for (const fields of [
      { ...noObjection, conditions: ['no transfer'] },
      { ...denial, units: '10' },
      { ...noObjection, basis: '15 CFR 742.6(b)' },
      { ...part, statute: '50 USC 4813' },
    ])
      expect(order.tries('us.state', 'recommend', fields)?.refused).toBe('invalid-act');
  });

  it('to approve a part names fewer units than are ordered, from one up', () => {
    const order = referredToday();
    expect(order.tries('us.state', 'recommend', { position: 'approve-part' })?.refused).toBe('invalid-act');
    expect(order.tries('us.state', 'recommend', { position: 'approve-part', units: '6000' })).toMatchObject({
      refused: 'invalid-act',
      accepted: 'units from 1 to 5999',
    });
    expect(order.tries('us.state', 'recommend', { position: 'approve-part', units: '0' })?.refused).toBe('invalid-act');
    expect(order.tries('us.state', 'recommend', { position: 'approve-part', units: '5999' })).toBeUndefined();
  });

  it('may be changed until the review closes, and the record keeps each', () => {
    const order = referredToday()
      .acts('us.state', 'recommend', denial)
      .after(9 * day)
      .acts('us.state', 'recommend', noObjection);
    expect(given(order)).toEqual(['deny', 'no-objection']);
    expect(order.order.usReview).toMatchObject({ positions: { 'us.state': { position: 'no-objection' } } });

    spoken(order, noObjection, noObjection, noObjection);
    expect(order.tries('us.state', 'recommend', denial)?.refused).toBe('review-closed');
    expect(given(order)).toEqual(['deny', 'no-objection', 'no-objection']);
  });

  it('of two agencies disagreeing goes up when the review closes, and not before', () => {
    const order = referredToday().acts('us.state', 'recommend', denial).acts('us.energy', 'recommend', noObjection);
    expect(order.order.usReview.state).toBe('referred');
    expect(order.tries('us.commerce', 'escalate', { reason: 'why' })?.refused).toBe('review-open');
    expect(order.after(30 * day).order.usReview.state).toBe('before-president');
  });

  it('is not heard twice from an agency that was silent: deemed is deemed', () => {
    const order = spoken(referredToday(), noObjection, noObjection, 'silent');
    expect(order.tries('us.defense', 'recommend', denial)?.refused).toBe('review-closed');
  });
});

describe('agreement', () => {
  it('is an approval with conditions beside one without', () => {
    expect(spoken(referredToday(), noObjection, withConditions('no transfer'), part).order.usReview).toMatchObject({ consensus: 'agencies-approve' });
  });

  it('is a unanimous denial that Commerce shares: no President, no committee', () => {
    const order = allSay(denial, {}).acts('us.commerce', 'deny', { basis: '15 CFR 742.6(b)' });
    expect(order.order).toMatchObject({ outcome: 'denied-by-us', usReview: { state: 'denied' } });
    expect(order.story).not.toContain('escalated');
  });

  it('is not a denial among silences, unless Commerce concurs', () => {
    const lone = (): Rehearsal => spoken(referredToday(), 'silent', denial, 'silent');
    expect(lone().order.usReview).toMatchObject({ state: 'before-commerce', consensus: 'denial-among-silence' });
    expect(lone().acts('us.commerce', 'deny', { basis: '15 CFR 742.6(b)' }).order.outcome).toBe('denied-by-us');
    expect(lone().acts('us.commerce', 'escalate', { reason: 'the denial is not shared' }).order.usReview.state).toBe('before-president');
    expect(lone().tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })?.refused).toBe('agencies-deny');
  });

  it('that Commerce does not share is a disagreement like any other', () => {
    expect(allSay(noObjection, {}).acts('us.commerce', 'escalate', { reason: 'why' }).order.usReview.state).toBe('before-president');
  });
});

import { describe, expect, it } from 'vitest';
import { day, dayZero, ladderRules, type Rehearsal } from '../../support/orders.ts';
import { agencies, allSay, contradicting, noObjection, offered, oneText, referredToday, spoken, withConditions } from '../reviews.ts';

const license = (...conditions: readonly string[]) => ({ licenseNumber: 'D1', ...(conditions.length > 0 && { conditions }) });
const propose = (...conditions: readonly string[]) => ({ conditions });

describe('conditions that contradict each other', () => {
  it('are those of one kind in two forms; the same in other letters and spaces are one', () => {
    const found = (a: string, b: string) => spoken(referredToday(), withConditions(a), withConditions(b), noObjection).order.usReview;
    expect(found('audit: monthly', 'audit: yearly')).toMatchObject({ consensus: 'conditions-contradict' });
    expect(found('Audit:  Monthly', 'audit: monthly')).toMatchObject({ consensus: 'agencies-approve' });
    expect(found('audit: monthly', 'no transfer')).toMatchObject({ consensus: 'agencies-approve' });
  });

  it('let Commerce license nothing before it has made one text of them, of all kinds asked for', () => {
    const order = contradicting();
    expect(order.tries('us.commerce', 'issue-license', license('audit: monthly'))?.refused).toBe('conditions-contradict');
    expect(order.tries('us.commerce', 'propose-conditions', propose('no transfer'))?.refused).toBe('conditions-missing');
    expect(order.tries('us.commerce', 'propose-conditions', propose('audit: monthly', 'audit: yearly'))?.refused).toBe('invalid-act');
    expect(order.acts('us.commerce', 'propose-conditions', propose('audit: quarterly')).plan.asks).toEqual(
      agencies.map((role) => ({ role, acts: ['concur', 'escalate'] })),
    );
  });

  it('come before the applicant once every agency that asked for some concurs, each once', () => {
    const order = oneText().acts('us.state', 'concur').acts('us.defense', 'concur');
    expect(order.tries('us.state', 'concur')?.refused).toBe('already-decided');
    expect(order.order.usReview.state).toBe('one-text');
    expect(order.acts('us.energy', 'concur').order.usReview).toMatchObject({ state: 'conditions-offered', offer: ['audit: quarterly'] });
    order.acts('seller.desk', 'accept-conditions').acts('us.commerce', 'issue-license', license('audit: quarterly'));
    expect(order.order.usReview).toMatchObject({ state: 'licensed', license: { conditions: ['audit: quarterly'] } });
  });

  it('are no matter of an agency that asked for none', () => {
    const order = spoken(referredToday(), withConditions('audit: monthly'), withConditions('audit: yearly'), noObjection);
    order.acts('us.commerce', 'propose-conditions', propose('audit: quarterly'));
    expect(order.tries('us.defense', 'concur')?.refused).toBe('already-decided');
    expect(order.tries('us.defense', 'escalate', { reason: 'why' })?.refused).toBe('not-dissenting');
    expect(order.plan.asks.map(({ role }) => role)).toEqual(['us.state', 'us.energy']);
  });

  it('go up where one of these dissents, and not where one that has concurred does', () => {
    const order = oneText(ladderRules).acts('us.state', 'concur');
    expect(order.tries('us.state', 'escalate', { reason: 'why' })?.refused).toBe('not-dissenting');
    expect(order.acts('us.energy', 'escalate', { reason: 'too rarely' }).order.usReview).toMatchObject({ state: 'before-level', level: 'oc-chair' });
    expect(oneText().acts('us.energy', 'escalate', { reason: 'too rarely' }).order.usReview.state).toBe('before-president');
  });
});

describe('the one set that is offered', () => {
  it('is accepted, countered or declined, and Commerce may offer again', () => {
    const order = offered().acts('seller.desk', 'counter-conditions', { ...propose('audit: yearly'), reason: 'no transfer is too much' });
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', offer: ['audit: yearly'], answer: 'countered' });
    expect(order.tries('us.commerce', 'issue-license', license('audit: yearly'))?.refused).toBe('conditions-not-accepted');

    order.acts('us.commerce', 'propose-conditions', propose('audit: yearly')).acts('seller.desk', 'decline-conditions', { reason: 'cannot be met' });
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', answer: 'declined' });
    expect(order.tries('us.commerce', 'issue-license', license('audit: yearly'))?.refused).toBe('conditions-not-accepted');
    expect(order.tries('seller.desk', 'accept-conditions')).toBeDefined();

    order.acts('us.commerce', 'propose-conditions', propose('audit: yearly')).acts('seller.desk', 'accept-conditions');
    expect(order.order.usReview).toMatchObject({ answer: 'accepted' });
  });

  it('stops the clock while it lies before the applicant', () => {
    const order = offered(ladderRules).after(40 * day);
    expect(order.order.usReview).toMatchObject({
      state: 'conditions-offered',
      before: { limit: { state: 'stopped', leftMs: 90 * day, reasons: ['conditions with the applicant'] } },
    });
    order.acts('seller.desk', 'accept-conditions');
    expect(order.order.usReview).toMatchObject({ limit: { state: 'running', dueAt: dayZero + 130 * day } });
  });

  it('leaves out nothing that agencies ask for', () => {
    const order = allSay(withConditions('audit: monthly', 'no transfer'), {});
    expect(order.tries('us.commerce', 'propose-conditions', propose('audit: monthly'))).toMatchObject({
      refused: 'conditions-missing',
      message: expect.stringContaining('no transfer'),
    });
    expect(order.tries('us.commerce', 'issue-license', license())?.refused).toBe('conditions-missing');
  });
});

describe('a license', () => {
  const accepted = (): Rehearsal => offered().acts('seller.desk', 'accept-conditions');

  it.each([
    ['other conditions', ['audit: yearly']],
    ['more conditions', ['no transfer', 'audit: yearly']],
    ['none of them', []],
    ['the same words otherwise written', ['No Transfer']],
  ])('does not carry %s than the applicant has accepted', (_, conditions) => {
    expect(accepted().tries('us.commerce', 'issue-license', license(...conditions))).toMatchObject({
      refused: 'conditions-not-accepted',
      accepted: 'exactly these',
    });
  });

  it('carries exactly those', () => {
    expect(accepted().acts('us.commerce', 'issue-license', license('no transfer')).order.usReview).toMatchObject({ license: { conditions: ['no transfer'] } });
  });

  it('without conditions needs no offer', () => {
    expect(allSay(noObjection, {}).acts('us.commerce', 'issue-license', license()).order.usReview.state).toBe('licensed');
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CorrectableAct } from '../../../domain/decided.ts';
import type { OrderEvent } from '../../../domain/events.ts';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import { SignedCredentials } from '../../../workflows/signed-credentials.ts';
import { correctable } from '../../../domain/stages/corrections.ts';
import { reviewTold } from '../../../domain/stages/us-review/told.ts';
import { day, ladderRules, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { allSay, before, licensedUnder, noObjection, referredToday } from '../reviews.ts';

const reason = 'the letter is about another application';
const corrects = (order: Rehearsal, entry: string) => order.tries('seller.desk', 'correct', { entry, reason });
const corrected = (order: Rehearsal, entry: string): Rehearsal => order.acts('seller.desk', 'correct', { entry, reason });
const effectsOf = (order: Rehearsal): readonly string[] => order.events.flatMap((event) => (event.type === 'decision-corrected' ? event.effects : []));

/** No agency objects, and the license was recorded by the act `license`. */
const licensed = (): Rehearsal => allSay(noObjection).acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license');
const bothKeys = (order = licensed()): Rehearsal =>
  order.acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' }).acts('cn.mofcom', 'approve-purchase', { approvalNumber: 'CN-A-1' }, 'purchase');
const tested = (order: Rehearsal): Rehearsal => order.acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });
const decidedByPresident = (decision: 'approve' | 'deny'): Rehearsal =>
  before('president').acts('us.president', 'presidential-decision', { decision }, 'president');

describe('a license that was recorded by mistake', () => {
  it('turns the US key no more: the review lies before Commerce as it did, and the license is void in the ledger', () => {
    const order = allSay(noObjection);
    const lay = order.order.usReview;
    corrected(order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license'), 'license');
    expect(order.order.usReview).toEqual(lay);
    expect(order.order.decided).toEqual({ corrected: ['license'], voided: ['D1'] });
    expect(order.plan).toMatchObject({ stage: 'us-review', run: [] });
    expect(order.story.slice(-2)).toEqual(['decision-corrected', 'license-voided']);
  });

  it('is listed with what falls and what stays, before two people say so and when they have', () => {
    const order = licensedUnder('no transfer', 'audit: yearly');
    const [one] = correctable(order.order);
    const effects = [
      'license D1 of 2025-12-22 no longer stands',
      'the buyer was told of license D1',
      'condition 1 falls away: no transfer',
      'condition 2 falls away: audit: yearly',
    ];
    expect(one).toMatchObject({ act: 'issue-license', effects });
    expect(reviewTold(order.order)).toContain(`issue-license may be corrected as entry ${one?.entry}: ${effects.join('; ')}`);
    corrected(order, one?.entry ?? '');
    expect(effectsOf(order)).toEqual(effects);
    expect(order.order.conditions).toBeUndefined();
    expect(correctable(order.order)).toEqual([]);
  });

  it('is void before another is issued, under another number, of which the buyer is told anew', () => {
    const order = licensed();
    order.slow.add('void-license');
    corrected(order, 'license');
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['escalate', 'propose-conditions'] }]);
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D2' })).toMatchObject({ refused: 'not-yet' });
    order.answers('void-license');
    expect(order.tries('us.commerce', 'issue-license', { licenseNumber: 'D1' })).toMatchObject({ refused: 'already-decided' });
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D2' }, 'second license');
    expect(order.order).toMatchObject({ usReview: { license: { number: 'D2' } }, steps: { 'notify-license': { state: 'done', wish: 1 } } });
    expect(correctable(order.order)).toMatchObject([{ entry: 'second license' }]);
  });

  it('stopped the days of the review while it stood: they go on with what they had left', () => {
    const order = allSay(noObjection, ladderRules).after(10 * day);
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license').after(200 * day);
    expect(order.plan.deadline).toBeUndefined();
    corrected(order, 'license');
    expect(order.plan.deadline?.at).toBe(order.now + 80 * day);
  });

  it('leaves the days of the review to stand still where a hold has come on meanwhile, and to go on when it is lifted', () => {
    const order = corrected(allSay(noObjection, ladderRules).acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license').hold(), 'license');
    expect(order.plan.deadline).toBeUndefined();
    expect(order.after(5 * day).lift().plan.deadline?.at).toBe(order.now + 90 * day);
  });

  it('takes the order back also from a carrier that is booked, which stays booked; nothing ships until a new license is there', () => {
    const order = bothKeys();
    order.slow.add('book-shipment');
    tested(order);
    corrected(order, 'license').answers('book-shipment');
    expect(effectsOf(order)).toContain('the test stays passed: report LAB-1');
    expect(order.order.fulfillment.state).toBe('booked');
    expect(order.plan).toMatchObject({ stage: 'us-review', run: [] });
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D2' });
    expect(order.order.fulfillment.state).toBe('at-customs');
  });

  it('is void also where the order ends before the ledger has said so', () => {
    const order = licensed();
    order.slow.add('void-license');
    corrected(order, 'license').acts('seller.desk', 'cancel', { reason: 'the customer withdrew' });
    expect(order.plan.closed).toBe(false);
    order.answers('void-license');
    expect(order.plan.closed).toBe(true);
    expect(order.order.steps).toMatchObject({
      'void-license': { state: 'done' },
      'withdraw-application': { state: 'done' },
      'release-stock': { state: 'done' },
    });
  });

  it('is corrected also where the ledger would not record it: nobody waits for that notice any more', () => {
    const order = allSay(noObjection);
    order.slow.add('notify-license');
    order.acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license');
    expect(corrects(order, 'license')).toMatchObject({ refused: 'not-yet' });
    order.fails('notify-license', 'license D1 was recorded before with other content');
    order.slow.delete('notify-license');
    corrected(order, 'license').acts('us.commerce', 'issue-license', { licenseNumber: 'D2' });
    expect(order.order.steps['notify-license']).toEqual({ state: 'done', wish: 1 });
    expect(order.plan.stage).toBe('china-review');
  });
});

describe('a decision of the President that was recorded by mistake', () => {
  it.each(['approve', 'deny'] as const)('(%s) binds Commerce no more: the disagreement lies before the President, whose days do not exist', (decision) => {
    const order = before('president');
    const lay = order.order.usReview;
    corrected(order.acts('us.president', 'presidential-decision', { decision }, 'president'), 'president');
    expect(order.order.usReview).toEqual(lay);
    expect(effectsOf(order)).toEqual([`Commerce is no longer bound: president-${decision === 'approve' ? 'approved' : 'denied'}`]);
    expect(order.plan.asks).toEqual([{ role: 'us.president', acts: ['presidential-decision'] }]);
    order.acts('us.president', 'presidential-decision', { decision: 'deny' });
    expect(order.plan.asks).toEqual([{ role: 'us.commerce', acts: ['deny'] }]);
  });

  it('is corrected only after the license that rests on it', () => {
    const order = decidedByPresident('approve').acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license');
    expect(corrects(order, 'president')).toMatchObject({
      refused: 'already-decided',
      message: 'on entry president of order A-1 rests license entry license',
    });
    corrected(corrected(order, 'license'), 'president');
    expect(order.order.usReview.state).toBe('before-president');
    expect(order.order.decided?.corrected).toEqual(['license', 'president']);
  });

  it('is not corrected while conditions lie with the applicant', () => {
    const order = decidedByPresident('approve').acts('us.commerce', 'propose-conditions', { conditions: ['no transfer'] });
    expect(corrects(order, 'president')?.refused).toBe('not-yet');
    corrected(order.acts('seller.desk', 'accept-conditions'), 'president');
    expect(effectsOf(order)).toContain('conditions accepted fall away: no transfer');
    expect(order.order.usReview).not.toHaveProperty('offer');
  });
});

describe('a purchase approval that was recorded by mistake', () => {
  it('turns the Chinese key no more: the application of the buyer is open as it was', () => {
    const order = corrected(bothKeys(), 'purchase');
    expect(order.order.chinaReview).toEqual({ state: 'applied', applicationNumber: 'CN-1' });
    expect(effectsOf(order)).toEqual(['purchase approval CN-A-1 of 2025-12-22 no longer stands']);
    expect(order.plan).toMatchObject({ stage: 'china-review', run: [] });
    tested(order);
    expect(order.plan.run).toEqual([]);
    order.acts('cn.miit', 'approve-purchase', { approvalNumber: 'CN-A-2' });
    expect(order.order.fulfillment.state).toBe('at-customs');
  });
});

describe('a correction is refused', () => {
  it('once the goods may have left, whatever became of the shipment', () => {
    const order = bothKeys();
    order.slow.add('ship');
    tested(order);
    for (const entry of ['license', 'purchase']) expect(corrects(order, entry)).toMatchObject({ refused: 'irreversible' });
    expect(correctable(order.order)).toEqual([]);
    order.fails('ship');
    expect(corrects(order, 'license')?.refused).toBe('irreversible');
    order.acts('seller.desk', 'settle-step', { step: 'ship', outcome: 'not-done', evidence: 'letter of the carrier' });
    expect(corrects(order, 'license')).toBeUndefined();
  });

  it('of an entry that is unknown, is no such decision, or was corrected before', () => {
    const order = licensed();
    expect(corrects(order, 'unheard-of')).toMatchObject({ refused: 'invalid-act', accepted: 'entry license (issue-license)' });
    expect(corrects(order, 'act-1')?.refused).toBe('invalid-act');
    expect(corrects(corrected(order, 'license'), 'license')).toMatchObject({
      refused: 'already-decided',
      message: 'entry license of order A-1 was corrected before',
    });
  });

  it('of a license that another application has taken the place of', () => {
    const order = bothKeys();
    order.results.ship = { outcome: 'license-refused', code: 'license-revoked', licenseNumber: 'D1', available: 0 };
    tested(order).acts('seller.desk', 'resubmit', { reason: 'the license was revoked' });
    expect(corrects(order, 'license')?.refused).toBe('not-yet');
  });

  it('of an order that has ended, which keeps nothing of its decisions', () => {
    const order = bothKeys().acts('seller.desk', 'cancel', { reason: 'the customer withdrew' });
    expect(order.order).not.toHaveProperty('decided');
    expect(corrects(order, 'license')?.refused).toBe('order-closed');
  });

  it('by an order of edition 1, whose decisions are not kept', () => {
    const order = rehearsal().licensed();
    expect(order.order).not.toHaveProperty('decided');
    expect(corrects(order, 'act-6')?.refused).toBe('not-in-policy');
  });
});

describe('a license that did not carry its shipment', () => {
  it('is corrected as one that stands', () => {
    const order = bothKeys();
    order.results.ship = { outcome: 'license-refused', code: 'license-revoked', licenseNumber: 'D1', available: 0 };
    expect(corrected(tested(order), 'license').order.usReview.state).toBe('before-commerce');
  });
});

describe('the signature of a decision that was corrected', () => {
  const { envelope } = JSON.parse(readFileSync(new URL('../../signing/corpus/good-denial.json', import.meta.url), 'utf8')).specimen as { envelope: Envelope };
  const turnedBy = (...events: readonly OrderEvent[]) => {
    const credentials = new SignedCredentials({ root: 'root', keyring: 'keyring', submission: envelope });
    for (const event of events) credentials.keep(envelope, [event]);
    return Object.keys(credentials.trust.turned ?? {});
  };
  const license: OrderEvent = { type: 'license-issued', license: { number: 'D1', conditions: [], issuedAt: 1 }, at: 1 };
  const purchase: OrderEvent = { type: 'purchase-approved', approvalNumber: 'CN-A-1', at: 1 };
  const correction = (what: CorrectableAct): OrderEvent => ({ type: 'decision-corrected', entry: 'e', corrects: what, reason, effects: [], at: 2 });

  it('is no longer what the goods leave on, until the key is turned again', () => {
    expect(turnedBy(license, purchase)).toEqual(['us', 'china']);
    expect(turnedBy(license, purchase, correction('issue-license'))).toEqual(['china']);
    expect(turnedBy(license, purchase, correction('approve-purchase'))).toEqual(['us']);
    expect(turnedBy(license, purchase, correction('issue-license'), license)).toEqual(['china', 'us']);
    expect(turnedBy(license, purchase, correction('presidential-decision'))).toEqual(['us', 'china']);
  });
});

describe('where nothing of the agencies is shown', () => {
  it('the review goes on as Commerce had it', () => {
    const order = referredToday({ agencyPositions: 'opaque' })
      .acts('us.commerce', 'issue-license', { licenseNumber: 'D1' }, 'license')
      .after(40 * day);
    corrected(order, 'license');
    expect(order.order.usReview).toMatchObject({ state: 'referred-opaque', reminder: { state: 'running', dueAt: order.now + 30 * day } });
  });
});

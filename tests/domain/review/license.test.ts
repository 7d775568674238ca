import { describe, expect, it } from 'vitest';
import { policyOfToday, type Rehearsal, rehearsal } from '../../support/orders.ts';
import { agencies, allSay, noObjection, referredToday, spoken } from '../reviews.ts';

const part = (units: number) => ({ position: 'approve-part', units: `${units}` });
const license = (fields: Readonly<Record<string, unknown>> = {}) => ({ licenseNumber: 'D1', ...fields });
/** Agreed on at this moment, under a policy whose licenses are good for so many months. */
function agreedAt(at: string, validMonths: number | null): Rehearsal {
  const order = rehearsal({}, policyOfToday({}, { license: { validMonths } }));
  order.now = Date.parse(at);
  return agencies.reduce((one, agency) => one.acts(agency, 'recommend', noObjection), order.referred());
}
const expires = (order: Rehearsal, fields: Readonly<Record<string, unknown>> = {}) =>
  order.acts('us.commerce', 'issue-license', license(fields)).events.flatMap((event) => (event.type === 'license-issued' ? [event.license.expires] : []));

describe('the units of a license', () => {
  it('are those of the order where it names none, and never more', () => {
    expect(allSay(noObjection, {}).tries('us.commerce', 'issue-license', license({ units: '6001' }))).toMatchObject({
      refused: 'invalid-act',
      accepted: 'units from 1 to 6000',
    });
    expect(allSay(noObjection, {}).acts('us.commerce', 'issue-license', license()).order.usReview).not.toHaveProperty('license.units');
    expect(allSay(noObjection, {}).acts('us.commerce', 'issue-license', license({ units: '6000' })).order.usReview).toMatchObject({
      license: { units: 6_000 },
    });
  });

  it('are at most the fewest that an agency approves, and must be named then', () => {
    const order = (): Rehearsal => spoken(referredToday(), part(500), noObjection, part(200));
    expect(order().tries('us.commerce', 'issue-license', license())).toMatchObject({
      refused: 'agencies-approve-a-part',
      accepted: 'units of at most 200, or escalate',
    });
    expect(order().tries('us.commerce', 'issue-license', license({ units: '201' }))?.refused).toBe('agencies-approve-a-part');
    expect(order().acts('us.commerce', 'issue-license', license({ units: '200' })).order.usReview).toMatchObject({ license: { units: 200 } });
  });

  it('are no longer bound by that once somebody above has decided', () => {
    const order = spoken(referredToday(), part(500), noObjection, noObjection).acts('us.commerce', 'escalate', { reason: 'all of them' });
    order.acts('us.president', 'presidential-decision', { decision: 'approve' });
    expect(order.acts('us.commerce', 'issue-license', license()).order.usReview.state).toBe('licensed');
  });
});

describe('the last day of a license', () => {
  it.each([
    ['2026-08-31T12:00:00Z', 30, '2029-02-28'],
    ['2025-08-31T12:00:00Z', 30, '2028-02-29'],
    ['2026-01-15T12:00:00Z', 48, '2030-01-15'],
    ['2026-01-31T12:00:00Z', 1, '2026-02-28'],
  ])('of one issued on %s for %i months is %s', (at, months, last) => {
    expect(expires(agreedAt(at, months))).toEqual([last]);
  });

  it('is the one that it names, before that of the policy', () => {
    expect(expires(agreedAt('2026-01-15T12:00:00Z', 48), { expires: '2027-06-30' })).toEqual(['2027-06-30']);
  });

  it('is left open where neither tells one: no number is made up', () => {
    expect(expires(agreedAt('2026-01-15T12:00:00Z', null))).toEqual([undefined]);
  });

  it('does not lie before the day on which it is issued', () => {
    expect(agreedAt('2026-01-15T12:00:00Z', 48).tries('us.commerce', 'issue-license', license({ expires: '2026-01-14' }))?.refused).toBe('invalid-act');
    expect(expires(agreedAt('2026-01-15T12:00:00Z', 48), { expires: '2026-01-15' })).toEqual(['2026-01-15']);
  });
});

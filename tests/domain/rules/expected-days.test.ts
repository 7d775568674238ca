import { describe, expect, it } from 'vitest';
import { expectedDays, type Milestone } from '../../../domain/rules/expected-days.ts';
import type { ReviewRules } from '../../../domain/policy.ts';
import { day, ladderRules, policyOfToday } from '../../support/orders.ts';

const article: ReviewRules = policyOfToday().review;
const ladder: ReviewRules = { ...article, ...ladderRules, appealMs: 45 * day };

const daysOf = (review: ReviewRules, filedOn: string): [Milestone, string | null][] => expectedDays(review, filedOn).map(({ what, day: on }) => [what, on]);

describe('the days of an application', () => {
  it('are in the article: 30 days for the agencies, and no day for Commerce or the President', () => {
    expect(daysOf(article, '2025-12-22')).toEqual([
      ['filing', '2025-12-22'],
      ['agency-opinions', '2026-01-21'],
      ['license', null],
      ['president', null],
    ]);
  });

  it('are with the whole ladder 81 of the 90, with 9 left between registration and referral', () => {
    expect(daysOf(ladder, '2026-02-20')).toEqual([
      ['filing', '2026-02-20'],
      ['agency-opinions', '2026-03-22'],
      ['license', null],
      ['oc-chair', '2026-04-05'],
      ['acep', '2026-04-21'],
      ['earb', '2026-05-07'],
      ['ladder-end', '2026-05-12'],
      ['president', null],
      ['review-limit', '2026-05-21'],
      ['response-to-intent-to-deny', '2026-04-11'],
      ['denial-final', '2026-05-06'],
      ['appeal-of-denial', '2026-06-20'],
    ]);
  });

  it('are calendar days across a leap day and a new year', () => {
    expect(daysOf(article, '2028-02-01')[1]).toEqual(['agency-opinions', '2028-03-02']);
    expect(daysOf(article, '2026-12-15')[1]).toEqual(['agency-opinions', '2027-01-14']);
  });

  it('name each the rule that gives it, with its number of days', () => {
    const rules = expectedDays(ladder, '2026-02-20').map(({ rule }) => rule);
    expect(rules.filter((rule) => rule === '')).toEqual([]);
    for (const number of ['30 days', '14 days', '5 days', '11 days', '90 days', '20 days', '45 days'])
      expect(
        rules.some((rule) => rule.includes(number)),
        number,
      ).toBe(true);
  });

  it('give no day to a license, whatever the policy: no timer approves anything', () => {
    for (const review of [article, ladder]) expect(daysOf(review, '2026-02-20')).toContainEqual(['license', null]);
  });

  it('have no appeal of a denial where the policy knows of none', () => {
    expect(daysOf({ ...ladder, appealMs: null }, '2026-02-20').map(([what]) => what)).not.toContain('appeal-of-denial');
  });
});

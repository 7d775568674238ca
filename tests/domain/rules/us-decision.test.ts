import { describe, expect, it } from 'vitest';
import { commerceMay } from '../../../domain/rules/us-decision.ts';
import type { Consensus } from '../../../domain/us-review.ts';
import { type Rehearsal } from '../../support/orders.ts';
import { allSay, before, contradicting, denial, noObjection, referredToday, spoken } from '../reviews.ts';

const basis = { basis: '15 CFR 742.6(b)' };
const fields = { 'issue-license': { licenseNumber: 'D1' }, deny: basis, escalate: { reason: 'consistent with the announced policy' } };
type CommerceAct = keyof typeof fields;
const state = { 'issue-license': 'licensed', deny: 'denied', escalate: 'before-president' };

/** The ladder alone, without a notice before a denial: that has tests of its own. */
const ladder = { disagreement: { goesTo: 'oc-chair', chairMs: 1, appealMs: 1, acepMs: 1, earbMs: 1 } } as const;
const decidedByChair = (decision: 'approve' | 'deny'): Rehearsal =>
  before('oc-chair', referredToday(ladder)).acts('us.oc-chair', 'decide-appeal', { decision }).after(1);
const disputed = (): Rehearsal => spoken(referredToday(), denial, noObjection, noObjection);

/** A real order that lies before Commerce with each consensus. */
const reached: { readonly [C in Consensus]: () => Rehearsal } = {
  'none-objects': () => spoken(referredToday(), 'silent', 'silent', 'silent'),
  'agencies-approve': () => allSay(noObjection, {}),
  'all-deny': () => allSay(denial, {}),
  'denial-among-silence': () => spoken(referredToday(), denial, 'silent', 'silent'),
  'conditions-contradict': () => contradicting(),
  'escalation-approved': () => decidedByChair('approve'),
  'escalation-denied': () => decidedByChair('deny'),
  'president-approved': () => disputed().acts('us.president', 'presidential-decision', { decision: 'approve' }),
  'president-denied': () => disputed().acts('us.president', 'presidential-decision', { decision: 'deny' }),
  'not-shown': () => referredToday({ agencyPositions: 'opaque' }),
};

type Said =
  'taken' | 'not-yet' | 'agencies-approve' | 'agencies-deny' | 'conditions-contradict' | 'decided-on-escalation' | 'decided-by-president' | 'not-shown';
const acts = ['issue-license', 'deny', 'escalate'] as const;
/** By hand: what Commerce is told of licensing, of denying and of escalating. */
const byHand: { readonly [C in Consensus]: readonly [Said, Said, Said] } = {
  'none-objects': ['taken', 'taken', 'not-yet'],
  'agencies-approve': ['taken', 'agencies-approve', 'taken'],
  'all-deny': ['agencies-deny', 'taken', 'taken'],
  'denial-among-silence': ['agencies-deny', 'taken', 'taken'],
  'conditions-contradict': ['conditions-contradict', 'agencies-approve', 'taken'],
  'escalation-approved': ['taken', 'decided-on-escalation', 'decided-on-escalation'],
  'escalation-denied': ['decided-on-escalation', 'taken', 'decided-on-escalation'],
  'president-approved': ['taken', 'decided-by-president', 'decided-by-president'],
  'president-denied': ['decided-by-president', 'taken', 'decided-by-president'],
  'not-shown': ['taken', 'taken', 'not-shown'],
};
const isConsensus = (text: string): text is Consensus => Object.hasOwn(byHand, text);
const everyConsensus = Object.keys(byHand).filter(isConsensus);
const table = everyConsensus.flatMap((consensus) => acts.map((act, at) => ({ consensus, act, verdict: byHand[consensus][at] })));
const takenIn = (consensus: Consensus): readonly CommerceAct[] => acts.filter((_, at) => byHand[consensus][at] === 'taken');

describe('what Commerce may do once the review has closed', () => {
  it.each(table)('$consensus: $act is $verdict', ({ consensus, act, verdict }) => {
    const order = reached[consensus]();
    if (consensus === 'not-shown') expect(order.order.usReview).toMatchObject({ state: 'referred-opaque' });
    else expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus });

    const untouched = order.order;
    const refusal = order.tries('us.commerce', act, fields[act]);

    expect(refusal?.refused ?? 'taken').toBe(verdict);
    if (verdict === 'taken') expect(order.order.usReview.state).toBe(state[act]);
    else expect(order.order).toBe(untouched);
  });

  it('is told cell by cell: the table of this test names every cell of the rule', () => {
    const cells = Object.entries(commerceMay).flatMap(([consensus, row]) => Object.keys(row).map((act) => `${consensus} ${act}`));
    expect(table.map(({ consensus, act }) => `${consensus} ${act}`).toSorted()).toEqual(cells.toSorted());
  });

  it.each(everyConsensus)('%s: Commerce is asked for exactly the acts that are taken, and to offer conditions where a license may follow', (consensus) => {
    const offers = takenIn(consensus).includes('issue-license') || consensus === 'conditions-contradict' ? ['propose-conditions'] : [];
    expect(reached[consensus]().plan.asks).toMatchObject([{ role: 'us.commerce', acts: [...takenIn(consensus), ...offers] }]);
  });

  it.each(everyConsensus)('%s: conditions may be proposed exactly where that is asked for', (consensus) => {
    const order = reached[consensus]();
    const isAsked = order.plan.asks.some(({ acts: asked }) => asked.includes('propose-conditions'));
    expect(order.tries('us.commerce', 'propose-conditions', { conditions: ['audit: quarterly'] }) === undefined).toBe(isAsked);
  });

  it.each(table.filter(({ consensus, verdict }) => verdict !== 'taken' && consensus !== 'conditions-contradict'))(
    '$consensus: the refusal of $act names what Commerce may do instead',
    ({ consensus, act }) => {
      const refusal = reached[consensus]().tries('us.commerce', act, fields[act]);
      expect(takenIn(consensus).filter((name) => refusal?.accepted.includes(name))).toEqual(takenIn(consensus));
    },
  );

  it('a unanimous denial that Commerce does not share goes to the President, whose approval binds Commerce', () => {
    const order = reached['all-deny']().acts('us.commerce', 'escalate', fields.escalate);
    expect(order.plan.asks).toEqual([{ role: 'us.president', acts: ['presidential-decision'] }]);

    order.acts('us.president', 'presidential-decision', { decision: 'approve' });
    expect(order.tries('us.commerce', 'deny', basis)?.refused).toBe('decided-by-president');
    expect(order.tries('us.commerce', 'escalate', fields.escalate)?.refused).toBe('decided-by-president');
    order.acts('us.commerce', 'issue-license', fields['issue-license']);
    expect(order.order.usReview).toMatchObject({ state: 'licensed', license: { number: 'D1' } });
  });
});

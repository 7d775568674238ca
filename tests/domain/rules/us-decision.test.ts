import { describe, expect, it } from 'vitest';
import { commerceMay } from '../../../domain/rules/us-decision.ts';
import type { Consensus } from '../../../domain/us-review.ts';
import { type Rehearsal, rehearsal } from '../../support/orders.ts';

const basis = { basis: '15 CFR 742.6(b)' };
const agencies = ['us.state', 'us.energy', 'us.defense'] as const;
const disputed = (): Rehearsal =>
  rehearsal()
    .referred()
    .acts('us.state', 'recommend', { position: 'deny', ...basis })
    .acts('us.energy', 'recommend', { position: 'no-objection' })
    .acts('us.defense', 'recommend', { position: 'no-objection' });

/** A real order that lies before Commerce with each consensus. */
const before: { readonly [C in Consensus]: () => Rehearsal } = {
  'none-objects': () => agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'no-objection' }), rehearsal().referred()),
  'all-deny': () => agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'deny', ...basis }), rehearsal().referred()),
  'president-approved': () => disputed().acts('us.president', 'presidential-decision', { decision: 'approve' }),
  'president-denied': () => disputed().acts('us.president', 'presidential-decision', { decision: 'deny' }),
};

const fields = { 'issue-license': { licenseNumber: 'D1' }, deny: basis, escalate: { reason: 'consistent with the announced policy' } };
const state = { 'issue-license': 'licensed', deny: 'denied', escalate: 'before-president' };
type CommerceAct = keyof typeof fields;

const table: readonly (readonly [Consensus, CommerceAct, 'taken' | 'not-yet' | 'agencies-deny' | 'decided-by-president'])[] = [
  ['none-objects', 'issue-license', 'taken'],
  ['none-objects', 'deny', 'taken'],
  ['none-objects', 'escalate', 'not-yet'],
  ['all-deny', 'issue-license', 'agencies-deny'],
  ['all-deny', 'deny', 'taken'],
  ['all-deny', 'escalate', 'taken'],
  ['president-approved', 'issue-license', 'taken'],
  ['president-approved', 'deny', 'decided-by-president'],
  ['president-approved', 'escalate', 'decided-by-president'],
  ['president-denied', 'issue-license', 'decided-by-president'],
  ['president-denied', 'deny', 'taken'],
  ['president-denied', 'escalate', 'decided-by-president'],
];

describe('what Commerce may do once the review has closed', () => {
  it.each(table)('%s: %s is %s', (consensus, act, verdict) => {
    const order = before[consensus]();
    expect(order.order.usReview).toMatchObject({ state: 'before-commerce', consensus });

    const untouched = order.order;
    const refusal = order.tries('us.commerce', act, fields[act]);

    expect(refusal?.refused ?? 'taken').toBe(verdict);
    if (verdict === 'taken') expect(order.order.usReview.state).toBe(state[act]);
    else expect(order.order).toBe(untouched);
  });

  it('is told cell by cell: the table of this test names every cell of the rule', () => {
    const cells = Object.entries(commerceMay).flatMap(([consensus, row]) => Object.keys(row).map((act) => `${consensus} ${act}`));
    expect(table.map(([consensus, act]) => `${consensus} ${act}`).toSorted()).toEqual(cells.toSorted());
  });

  it.each(Object.keys(before).filter((one): one is Consensus => one in commerceMay))(
    '%s: Commerce is asked for exactly the acts that are taken',
    (consensus) => {
      const taken = table.filter(([of, , verdict]) => of === consensus && verdict === 'taken').map(([, act]) => act);
      expect(before[consensus]().plan.asks).toEqual([{ role: 'us.commerce', acts: taken }]);
    },
  );

  it.each(table.filter(([, , verdict]) => verdict !== 'taken'))('%s: the refusal of %s names what Commerce may do instead', (consensus, act) => {
    const instead = table.filter(([of, , verdict]) => of === consensus && verdict === 'taken').map(([, name]) => name);
    const refusal = before[consensus]().tries('us.commerce', act, fields[act]);
    expect(instead.filter((name) => refusal?.accepted.includes(name))).toEqual(instead);
  });

  it('a unanimous denial that Commerce does not share goes to the President, whose approval binds Commerce', () => {
    const order = before['all-deny']().acts('us.commerce', 'escalate', fields.escalate);
    expect(order.plan.asks).toEqual([{ role: 'us.president', acts: ['presidential-decision'] }]);

    order.acts('us.president', 'presidential-decision', { decision: 'approve' });
    expect(order.tries('us.commerce', 'deny', basis)?.refused).toBe('decided-by-president');
    expect(order.tries('us.commerce', 'escalate', fields.escalate)?.refused).toBe('decided-by-president');
    order.acts('us.commerce', 'issue-license', fields['issue-license']);
    expect(order.order.usReview).toMatchObject({ state: 'licensed', license: { number: 'D1' } });
  });
});

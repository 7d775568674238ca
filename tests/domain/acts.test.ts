import { describe, expect, it } from 'vitest';
import { type ActName, acts, actNames, actSpec, exampleFor, exampleOf } from '../../domain/acts.ts';
import { readAct } from '../../domain/read-act.ts';
import { type Role, roles } from '../../domain/roles.ts';
import { everyAct, turns } from './turns.ts';

const entitled = actNames.flatMap((name) => acts[name].by.map((by) => ({ name, by })));
const strangers = actNames.flatMap((name) => roles.filter((role) => !actSpec(name).by.includes(role)).map((by) => ({ name, by })));

describe('who may do which act', () => {
  it.each(strangers)('$by may not $name, even where it is in turn', ({ name, by }) => {
    const order = turns[name]();
    const untouched = order.order;

    const refusal = order.tries(by, name, actSpec(name).example);

    expect(refusal?.refused).toBe('not-entitled');
    for (const role of actSpec(name).by) expect(refusal?.accepted).toContain(role);
    expect(order.order).toBe(untouched);
  });

  it.each(entitled)('$by may $name where it is in turn', ({ name, by }) => {
    const order = turns[name](by);
    expect(order.tries(by, name, exampleFor(name, by), 'the-act')).toBeUndefined();
    expect(order.order.acts['the-act']).toMatchObject({ by });
    expect(JSON.parse(order.order.acts['the-act']?.content ?? '')).toMatchObject({ name, by });
    expect(order.events.filter((event) => event.act?.id === 'the-act').every((event) => event.by === by)).toBe(true);
  });

  it('nobody entitled is missing and every role but the policy board has something to do', () => {
    const busy = new Set<Role>(entitled.map(({ by }) => by));
    expect(roles.filter((role) => !busy.has(role))).toEqual(['policy.admin']);
  });
});

describe('the example of an act', () => {
  it.each(entitled)('of $name by $by can be sent as it stands', ({ name, by }) => {
    const sent: unknown = JSON.parse(exampleOf(name, by));
    expect(readAct(name, sent, 'id-1')).toEqual({ name, id: 'id-1', by, ...exampleFor(name, by) });
  });

  it.each(everyAct)('of $name is by $by where nobody else is named', ({ name, by, example }) => {
    expect(JSON.parse(exampleOf(name))).toEqual({ by, ...example });
  });
});

/** By hand, not from acts.ts: these acts may not be done while policy is on hold. */
const refusedWhileHeld: readonly ActName[] = ['submit-application', 'certify', 'confirm-filing', 'resubmit', 'issue-license', 'request-retest'];

describe('while a policy hold is on', () => {
  it.each(everyAct.filter(({ name }) => refusedWhileHeld.includes(name)))('$name is refused, and taken once the hold is lifted', ({ name, by, example }) => {
    const order = turns[name]().hold('P-7');
    const untouched = order.order;

    const refusal = order.tries(by, name, example);
    expect(refusal?.refused).toBe('held');
    expect(refusal?.message).toContain('P-7');
    expect(order.order).toBe(untouched);

    order.lift('P-7');
    expect(order.tries(by, name, example)).toBeUndefined();
  });

  it.each(everyAct.filter(({ name }) => !refusedWhileHeld.includes(name)))('$name is taken', ({ name, by, example }) => {
    const order = turns[name]().hold('P-7');
    expect(order.tries(by, name, example, 'the-act')).toBeUndefined();
    expect(order.order.acts).toHaveProperty('the-act');
  });
});

import { describe, expect, it } from 'vitest';
import { openOrder } from '../../domain/order.ts';
import { dayZero, policy, terms } from '../support/orders.ts';
import { oneHold } from './bounds.ts';
import { firstSeen, judge, theCore } from './core.ts';
import { wholeJourney } from './course.ts';
import { formOf } from './form.ts';
import { changeOf, doneWith } from './reports-to-try.ts';
import { toldApart } from './same-form.ts';

const course = wholeJourney({}, oneHold);
const first = firstSeen(theCore, openOrder(terms(), policy()), dayZero);
const started = judge(theCore, first, { type: 'step-started', step: 'screen-parties' }, dayZero).after;

describe('the form of an order', () => {
  it('is the same a day later, where no clock runs', () => {
    const later = { ...first, now: dayZero + 86_400_000 };
    expect(formOf(later)).toBe(formOf(first));
    expect(toldApart(theCore, { first, again: later }, course)).toBeUndefined();
  });

  it.each([
    { by: 'a hold', again: judge(theCore, started, { type: 'policy-changed', change: changeOf('P-7', 'hold', 1) }, dayZero).after },
    { by: 'an answer', again: judge(theCore, started, doneWith('screen-parties', 0), dayZero).after },
    { by: 'a step that runs', again: first },
  ])('is another one where $by makes a difference, which the comparison finds', ({ again }) => {
    expect(formOf(again)).not.toBe(formOf(started));
    expect(toldApart(theCore, { first: started, again }, course)).toBeDefined();
  });
});

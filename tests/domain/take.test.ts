import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evolve, take } from '../../domain/order.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { journeys } from './moves.ts';
import { Walk } from './walk.ts';

it('taking a command is deciding and then evolving, whatever comes to an order', () => {
  fc.assert(
    fc.property(journeys, ({ start, moves }) => {
      new Walk(start(), ({ before, command, at, answer }) => {
        const taken = take(before, command, at);
        expect(isRefusal(taken) ? taken : taken.events).toEqual(answer);
        if (!isRefusal(taken) && !isRefusal(answer)) expect(taken.order).toEqual(answer.reduce(evolve, before));
      }).along(moves);
    }),
    { numRuns: 300 },
  );
});

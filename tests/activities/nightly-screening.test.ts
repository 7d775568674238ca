import { ApplicationFailure } from '@temporalio/activity';
import { describe, expect, it } from 'vitest';
import { createScreeningActivities, type ScreenedOrders } from '../../activities/nightly-screening.ts';
import type { StepResults } from '../../domain/steps.ts';
import { claimOrders } from '../../ledger/orders.ts';
import { lastRun, lookedAt } from '../../ledger/screening-runs.ts';
import { standingHolds } from '../../ledger/screening-holds.ts';
import { withLedger } from '../ledger/with-ledger.ts';
import { terms } from '../support/orders.ts';

type Answer = StepResults['rescreen-parties'];
const ledger = withLedger();
const at = Date.UTC(2026, 2, 5, 8);
const clear: Answer = { outcome: 'clear', listVersion: 'list-1' };
const hit = (...matches: string[]): Answer => ({ outcome: 'hit', listVersion: 'list-1', matches });

/** A desk with customers of one order each, of which only this is known: what the lists say, and what orders have answered. */
function desk({ lists = () => clear, answered = () => [], tell = () => Promise.resolve('told' as const), heartbeat = () => undefined }: Partial<Scene> = {}) {
  const asked: string[] = [];
  const told: string[] = [];
  const activities = createScreeningActivities({
    database: ledger.database,
    nightlyAt: { zone: 'America/New_York', hour: 3 },
    lists: {
      lookUp: ({ customer }) => {
        asked.push(customer);
        return Promise.resolve(lists(customer));
      },
    },
    orders: {
      answered: (order) => Promise.resolve(answered(order)),
      tell: async (order, change) => {
        const answer = await tell(order, change);
        told.push(order);
        return answer;
      },
    },
    heartbeat,
  });
  return { asked, told, screen: (run: string) => activities['screen-customers']({ run, at }) };
}
interface Scene {
  readonly lists: (customer: string) => Answer;
  readonly answered: (order: string) => readonly string[] | 'closed';
  readonly tell: ScreenedOrders['tell'];
  readonly heartbeat: (details: string) => void;
}

const claim = (...customers: readonly string[]) =>
  claimOrders(
    ledger.database,
    customers.map((customer) => ({ terms: terms({ id: `order-of-${customer}`, customer }), policy: '2025-12-announcement' })),
    at,
  );
const held = async (customer: string) => (await standingHolds(ledger.database)).filter((one) => one.customer === customer);

describe('a night', () => {
  it('goes on where a worker died between two customers, and asks of none of them twice', async () => {
    await claim('die-1', 'die-2', 'die-3');
    const dying = desk({
      lists: () => hit('Acme'),
      heartbeat: (details) => {
        if (details === 'die-2') throw new Error('the worker dies');
      },
    });
    await expect(dying.screen('night-1')).rejects.toThrow('the worker dies');
    expect(await lastRun(ledger.database)).toMatchObject({ run: 'night-1', finished: null });
    const next = desk({ lists: () => hit('Acme') });
    expect(await next.screen('night-1')).toEqual({ customers: 2, isDone: true });
    expect(next.asked).toEqual(['die-2', 'die-3']);
    expect(dying.told).toEqual(['order-of-die-1']);
    expect(next.told).toEqual(['order-of-die-2', 'order-of-die-3']);
    expect(await lastRun(ledger.database)).toMatchObject({ run: 'night-1', finished: at });
  });

  it('tells the orders that a worker had held and not told when it died, and first of all', async () => {
    await claim('mute-1');
    const dying = desk({ lists: (customer) => (customer === 'mute-1' ? hit('Acme') : clear), tell: () => Promise.reject(new Error('the worker dies')) });
    await expect(dying.screen('night-2')).rejects.toThrow('the worker dies');
    expect(await held('mute-1')).toMatchObject([{ told: null }]);
    const next = desk();
    await next.screen('night-2');
    expect(next.told).toEqual(['order-of-mute-1']);
    expect(await held('mute-1')).toMatchObject([{ told: 'told' }]);
  });

  it('that is over changes nothing when it comes again', async () => {
    const first = desk();
    await first.screen('night-3');
    const found = await lookedAt(ledger.database, 'night-3');
    const second = desk({ lists: () => hit('Acme') });
    expect(await second.screen('night-3')).toEqual({ customers: 0, isDone: true });
    expect(second.asked).toEqual([]);
    expect(await lookedAt(ledger.database, 'night-3')).toEqual(found);
  });

  it('holds no order that is closed, nor for a match that the order itself has answered or waits on', async () => {
    await claim('closed-1', 'answered-1', 'half-1');
    const { screen } = desk({
      lists: (customer) => (/^(closed|answered|half)-/.test(customer) ? hit('Acme', 'Bolt') : clear),
      answered: (order) => (order === 'order-of-closed-1' ? 'closed' : order === 'order-of-answered-1' ? ['Bolt', 'Acme'] : ['Acme']),
    });
    await screen('night-4');
    expect(await held('closed-1')).toEqual([]);
    expect(await held('answered-1')).toEqual([]);
    expect(await held('half-1')).toMatchObject([{ matches: ['Bolt'] }]);
  });

  it('believes no answer that is not of its form, looks at the others all the same, and is made again', async () => {
    await claim('form-1', 'form-2');
    const rubbish = desk({ lists: (customer) => (customer === 'form-1' ? hit() : clear) });
    expect(await rubbish.screen('night-5')).toMatchObject({ isDone: false });
    expect((await lookedAt(ledger.database, 'night-5')).map(({ customer }) => customer)).toEqual(expect.arrayContaining(['die-1', 'form-2']));
    const failed = rubbish.screen('night-5');
    await expect(failed).rejects.toThrow(ApplicationFailure);
    await expect(failed).rejects.toThrow('screening of form-1: the answer is not of its form: matches');
    expect(await lastRun(ledger.database)).toMatchObject({ run: 'night-5', finished: null });
    const next = desk();
    expect(await next.screen('night-5')).toMatchObject({ isDone: true });
    expect(next.asked).toEqual(['form-1']);
  });

  it('writes out what nobody can read in the names of a list, so that the ledger and the orders take them', async () => {
    await claim('name-1', 'name-2');
    const { screen } = desk({
      lists: (customer) => (customer.startsWith('name-') ? hit('a\u0000b\u202ec', 'a\u0000b\u202ec') : clear),
      answered: (order) => (order === 'order-of-name-2' ? ['a\u0000b\u202ec'] : []),
    });
    await screen('night-6');
    expect(await held('name-1')).toMatchObject([{ matches: ['a?b?c'] }]);
    expect(await held('name-2')).toEqual([]);
  });

  it('takes many customers in several calls, each of them once', async () => {
    await claim(...Array.from({ length: 60 }, (_, index) => `many-${100 + index}`));
    const { asked, screen } = desk();
    expect(await screen('night-7')).toEqual({ customers: 50, isDone: false });
    expect(await screen('night-7')).toMatchObject({ isDone: true });
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toEqual(expect.arrayContaining(['many-100', 'many-159']));
  });
});

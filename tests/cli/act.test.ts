import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

const eventsOf = async (order: string, type: string): Promise<number> => (await desk.record(order)).events.filter((event) => event.type === type).length;

describe('twokey act', () => {
  it('does an act and tells what it led to and whom the order waits on now', async () => {
    const order = await desk.submit();
    const text = await cli.text('act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z100001');
    expect(text).toBe(`application registered as Z100001  [us.commerce]\n${order} is in us-review, waiting on us.commerce\n`);
  });

  it('answers as JSON, with the id under which the act may be sent again', async () => {
    const order = await desk.referred();
    const conditions = ['no transfer', 'yearly audit'];
    const args = ['recommend', '--as', 'us.state', '--position', 'approve-with-conditions', '--conditions', ...conditions] as const;
    expect(await cli.json('act', order, ...args)).toEqual({
      act: 'recommend',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      order,
      events: [expect.objectContaining({ type: 'position-given', agency: 'us.state', position: expect.objectContaining({ conditions }) })],
      stage: 'us-review',
      waitingOn: ['us.energy', 'us.defense'],
      deadline: expect.any(String),
    });
  });

  it('takes the same act under the same id once, and says so', async () => {
    const order = await desk.submit();
    const act = ['act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', '--id', 'mail-7'] as const;
    await cli.text(...act);
    await expectUntouched(desk.client, order, async () => {
      expect(await cli.text(...act)).toContain('register had been taken before under id mail-7; nothing changed');
      expect(await cli.json(...act)).toMatchObject({ act: 'register', id: 'mail-7', order, events: [] });
    });
    expect(await eventsOf(order, 'application-registered')).toBe(1);
  });

  it('takes the act that ended an order once too when it comes twice under one id', async () => {
    const order = await desk.submit();
    const act = ['act', order, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn', '--id', 'c-1'] as const;
    await cli.text(...act);
    expect(await desk.quiet(order)).toMatchObject({ outcome: 'cancelled' });
    await expectUntouched(desk.client, order, async () => {
      expect((await cli.run(...act)).exitCode).toBe(0);
    });
  });

  it.each([
    ['another act', 'refer', []],
    ['the same act in another role', 'register', ['--application-number', 'Z1']],
  ])('refuses %s under an id that was used before', async (_what, name, fields) => {
    const order = await desk.submit();
    await cli.text('act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', '--id', 'mail-7');
    const role = name === 'register' ? 'us.state' : 'us.commerce';
    await expectUntouched(desk.client, order, () => expectFailure(cli, 3, 'act-conflict', 'act', order, name, '--as', role, ...fields, '--id', 'mail-7'));
    expect(await eventsOf(order, 'application-referred')).toBe(0);
  });

  it.each(['constructor', '__proto__', 'toString', 'ü-7', 'a b', 'x'.repeat(200)])('takes an act under the id %j', async (id) => {
    const order = await desk.submit();
    const act = ['act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', '--id', id] as const;
    expect(await cli.json(...act)).toMatchObject({ id, events: [{ type: 'application-registered' }] });
  });
});

describe('twokey act hold and lift', () => {
  it('puts an order on hold and lifts it again, each with its epoch on the policy board', async () => {
    const order = await desk.referred();
    const hold = newId('P');
    const args = ['--as', 'policy.admin', '--hold', hold, '--reason', 'review'] as const;
    expect(await cli.text('act', order, 'hold', ...args)).toMatch(new RegExp(`^hold ${hold} on ${order} is on the policy board as epoch \\d+\n$`));
    expect(await desk.quiet(order)).toMatchObject({ held: true, deadline: null });
    expect(await cli.json('act', order, 'lift', ...args)).toEqual({
      act: 'lift',
      order,
      change: { id: hold, effect: 'lift', epoch: expect.any(Number), reason: 'review' },
    });
    expect(await desk.quiet(order)).toMatchObject({ held: false, deadline: expect.any(String) });
  });

  it.each(['constructor', '__proto__', 'toString', 'valueOf'])('holds under the name %s as under any other', async (hold) => {
    const order = await desk.submit();
    await cli.text('act', order, 'hold', '--as', 'policy.admin', '--hold', hold, '--reason', 'review');
    expect(await desk.quiet(order)).toMatchObject({ held: true });
  });

  it('does not say that a hold is on where its name was used up by one that was lifted', async () => {
    const order = await desk.submit();
    const args = ['--as', 'policy.admin', '--hold', newId('P'), '--reason', 'review'] as const;
    for (const effect of ['hold', 'lift']) await cli.text('act', order, effect, ...args);
    const again = await cli.run('act', order, 'hold', ...args);
    expect({ exitCode: again.exitCode, held: (await desk.quiet(order)).held }).not.toEqual({ exitCode: 0, held: false });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { day } from '../support/orders.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

interface Moved {
  readonly moved: readonly { readonly order: string; readonly now: string; readonly stage: string; readonly waitingOn: readonly string[] }[];
}
const skip = async (...args: readonly string[]): Promise<Moved['moved']> => ((await cli.json('skip', ...args)) as Moved).moved;

describe('twokey skip', () => {
  it("lets days of one order's time pass, and says where it stands then", async () => {
    const order = await desk.referred();
    const text = await cli.text('skip', order, '10d');
    const at = new Date(Date.now() + 10 * day).toISOString().slice(0, 10);
    expect(text).toMatch(new RegExp(`^${order} is at ${at} \\d\\d:\\d\\d, us-review, waiting on us\\.state, us\\.energy, us\\.defense\n$`));
    expect(await skip(order, '21d')).toEqual([{ order, now: expect.any(String), stage: 'us-review', waitingOn: ['us.commerce'] }]);
  });

  it('goes to the next deadline, at which the silent agencies are deemed to have no objection, whenever it is asked', async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) await expectDeemedAtDeadline(await desk.referred());
  });

  async function expectDeemedAtDeadline(order: string): Promise<void> {
    const [moved] = await skip(order, '--until-deadline');
    expect(moved).toMatchObject({ order, waitingOn: ['us.commerce'] });
    expect(Math.abs(Date.parse(moved?.now ?? '') - Date.now() - 30 * day)).toBeLessThan(day / 24);
    expect((await desk.record(order)).events.filter((event) => event.type === 'agency-deemed')).toHaveLength(3);
  }

  it.each(['36h', '2w', '0.5d', '90m', '1ms'])('understands %s', async (duration) => {
    const order = await desk.submit();
    expect(await skip(order, duration)).toMatchObject([{ order, stage: 'us-review' }]);
  });

  it('is refused with no-deadline where people are waited for without one, and nothing is moved', async () => {
    const order = await desk.submit();
    expect(await expectUntouched(desk.client, order, () => expectFailure(cli, 3, 'no-deadline', 'skip', order, '--until-deadline'))).toContain(order);
  });

  it('is refused with no-deadline during a hold, which stops the clocks', async () => {
    const order = await desk.referred();
    await desk.change(order, 'hold');
    await expectUntouched(desk.client, order, () => expectFailure(cli, 3, 'no-deadline', 'skip', order, '--until-deadline'));
  });

  it('takes the longest time that it says it takes', async () => {
    const order = await desk.submit();
    const [moved] = await skip(order, '100y');
    expect(new Date(moved?.now ?? '').getUTCFullYear() - new Date().getUTCFullYear()).toBeGreaterThanOrEqual(99);
  });
});

describe('twokey skip with a duration that is none is told so with exit code 2, and nothing is moved', () => {
  const durations = [
    '10x',
    '-1d',
    '-1',
    '0d',
    '0.0001ms',
    'soon',
    '10',
    '',
    ' ',
    '1e3d',
    'Infinityd',
    'NaN',
    'd',
    '10d5h',
    '101y',
    '99999999d',
    `1${'0'.repeat(200)}d`,
  ];

  it.each(durations)('%j', async (duration) => {
    const order = await desk.submit();
    await expectUntouched(desk.client, order, () => expectFailure(cli, 2, 'usage', 'skip', order, duration));
  });

  it.each([
    ['no order', []],
    ['no duration', ['A-1']],
    ['both a duration and --until-deadline', ['A-1', '1d', '--until-deadline']],
    ['--all and an order', ['--all', 'A-1', '1d']],
    ['--all and no duration', ['--all']],
    ['--all with both', ['--all', '1d', '--until-deadline']],
  ])('%s', async (_what, args) => {
    expect(await expectFailure(new Cli(), 2, 'usage', 'skip', ...args)).not.toBe('');
  });
});

it('a dead worker is told by twokey skip within seconds, and no time has passed', async () => {
  const idle = await Desk.open({ worker: false });
  try {
    const beside = Cli.beside(idle.engine.taskQueue);
    const order = newId('IDLE');
    await beside.json('submit', beside.write(JSON.stringify({ ...orderTerms, id: order })));
    await expectUntouched(idle.client, order, () => expectFailure(beside, 4, 'no-worker', 'skip', order, '1d'));
  } finally {
    await idle.close();
  }
});

const orderTerms = { customer: 'c', customerClass: 'core', product: 'H20', units: 1, unitPriceMinor: 1, currency: 'USD', endUse: 'research' };

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Cli, expectFailure, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
let asked: string;
let ended: string;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
  asked = await desk.referred();
  ended = await desk.referred();
  await desk.act(ended, 'seller.desk', 'cancel', { reason: 'withdrawn' });
  await desk.quiet(ended);
});
afterAll(() => desk.close());

/** Temporal's list lags a moment behind the orders. */
async function listed<T>(read: () => Promise<T>, isThere: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const answer = await read();
    if (isThere(answer)) return answer;
    await wait(300);
  }
  return await read();
}
const rows = (document: unknown, list: string): Record<string, unknown>[] => (document as Record<string, Record<string, unknown>[]>)[list] ?? [];
const ids = (document: unknown): unknown[] => rows(document, 'orders').map((row) => row['order']);

const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

describe('twokey orders', () => {
  it('lists orders, open and ended, as a table and as JSON', async () => {
    const document = await listed(
      () => cli.json('orders'),
      (answer) => rows(answer, 'orders').some((row) => row['order'] === ended && row['outcome'] === 'cancelled'),
    );
    expect(rows(document, 'orders').find((row) => row['order'] === asked)).toEqual({
      order: asked,
      stage: 'us-review',
      outcome: null,
      waitingOn: ['us.state', 'us.energy', 'us.defense'],
      awaitedActs: ['us.state:recommend', 'us.energy:recommend', 'us.defense:recommend'],
      asked: ['us.state', 'us.energy', 'us.defense'].map((role) => ({ role, since: expect.stringMatching(moment), due: expect.stringMatching(moment) })),
      deadline: expect.stringMatching(moment),
      held: false,
      customer: 'core-cloud-1',
      product: 'H200',
      units: 6_000,
    });
    const table = await cli.text('orders');
    expect(table).toMatch(/^ORDER +STAGE +UNITS +PRODUCT +CUSTOMER +WAITS ON +NEXT DEADLINE\n/);
    expect(table).toMatch(
      new RegExp(`^${asked} +us-review +6,000 +H200 +core-cloud-1 +us.state, us.energy, us.defense +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$`, 'm'),
    );
    expect(table).toMatch(new RegExp(`^${ended} +cancelled +6,000`, 'm'));
  });

  it('leaves ended orders out with --open', async () => {
    const document = await listed(
      () => cli.json('orders', '--open'),
      (answer) => ids(answer).includes(asked) && !ids(answer).includes(ended),
    );
    expect(ids(document)).toContain(asked);
    expect(ids(document)).not.toContain(ended);
    expect(await cli.text('orders', '--open')).not.toContain(ended);
  });
});

describe('twokey inbox', () => {
  it('lists what a role is asked for, with an act that is ready to be sent', async () => {
    const document = await listed(
      () => cli.json('inbox', 'us.energy'),
      (answer) => rows(answer, 'items').some((row) => row['order'] === asked),
    );
    expect(document).toEqual({
      role: 'us.energy',
      items: expect.any(Array),
      ui: expect.stringContaining(`${inject('ui')}/namespaces/default/workflows?query=`),
    });
    expect(rows(document, 'items').find((row) => row['order'] === asked)).toMatchObject({ order: asked, asked: ['recommend'], units: 6_000 });
    const text = await cli.text('inbox', 'us.energy');
    expect(text).toMatch(/^ORDER +ASKED +DUE +SINCE +UNITS +PRODUCT +CUSTOMER\n/);
    expect(text).toMatch(/^e\.g\. npx twokey act \S+ recommend --as us\.energy --position no-objection$/m);
    expect(text).toContain('{"by":"us.energy","position":"no-objection"}');
  });

  it.each(['us.treasury', 'seller', '', 'constructor', '__proto__', "us.state') OR WaitingOn IN ('us.energy"])('knows no role %j', async (role) => {
    expect(await expectFailure(cli, 2, 'role-unknown', 'inbox', role)).toContain('us.commerce');
  });
});

describe('twokey status', () => {
  it('tells one order to a person', async () => {
    const text = await cli.text('status', asked);
    expect(text).toMatch(
      new RegExp(
        `^${asked}  6,000 x H200 for core-cloud-1, USD 180,000,000.00\nstage +us-review\nUS key +referred\n( +us\\.(state|energy|defense): asked, due \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\n){3}Chinese key +not-applied\n`,
      ),
    );
    expect(text).toMatch(/^deadline +\d{4}-\d\d-\d\d \d\d:\d\d {2}State, Energy, Defense: positions due /m);
    expect(text).toMatch(/^waits on +us\.defense: recommend$/m);
    expect(text).toMatch(/application referred to State, Energy and Defense {2}\[us\.commerce\]$/m);
    expect(text.trimEnd().endsWith(`${inject('ui')}/namespaces/default/workflows/order%3A${asked}`)).toBe(true);
  });

  it('tells it as JSON, and writes nothing in reading', async () => {
    const document = await expectUntouched(desk.client, asked, () => cli.json('status', asked));
    expect(document).toMatchObject({ order: asked, stage: 'us-review', outcome: null, units: 6_000, holds: [], policy: '2025-12-announcement' });
    expect(document).toMatchObject({ usKey: { state: 'referred' }, chinaKey: { state: 'not-applied' }, goods: { state: 'not-started' } });
    expect(rows(document, 'timeline').map((row) => row['event'])).toContain('application-referred');
  });

  it('tells an order that has ended, with its outcome', async () => {
    expect(await cli.text('status', ended)).toContain('stage        closed (cancelled)');
    expect(await cli.json('status', ended)).toMatchObject({ stage: 'closed', outcome: 'cancelled', deadline: null, asks: [] });
  });
});

describe('twokey repair', () => {
  it('leaves a healthy order alone, open or ended', async () => {
    for (const order of [asked, ended]) {
      await expectUntouched(desk.client, order, async () => {
        expect(await cli.text('repair', order)).toBe(`${order} replays: nothing to repair\n`);
        expect(await cli.json('repair', order)).toEqual({ order, outcome: 'healthy' });
      });
    }
  });
});

it.each(['status', 'repair'])('twokey %s of an order that there is none of is refused', async (command) => {
  expect(await expectFailure(cli, 3, 'order-unknown', command, newId('NONE'))).toMatch(/^no order NONE-/);
});

describe('twokey doctor', () => {
  it('finds nothing that keeps orders from moving where all of it runs', async () => {
    const findings = rows(await cli.json('doctor'), 'findings');
    expect(findings.map((one) => one['what'])).toEqual([
      'node',
      'engine',
      'temporal ui',
      'time skipping',
      'search attributes',
      'worker',
      'orders',
      'ledger',
      'licenses',
      'screening',
    ]);
    expect(findings.filter((one) => one['verdict'] === 'failure')).toEqual([]);
    const text = await cli.text('doctor');
    expect(text).toMatch(new RegExp(`^ok +worker +serves ${desk.engine.taskQueue}$`, 'm'));
    expect(text).toMatch(/^ok +ledger +\d+ orders, \d+ lots$/m);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standingOf } from '../../ledger/customers.ts';
import { keepThrowAwayKeyring } from '../../trust/throw-away-home.ts';
import { Cli, closedPort, expectFailure, expectSentence, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { holdOf, reason, waiting } from './customer-orders.ts';
import { done } from './homes.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

const standing = (customer: string) => standingOf(desk.database, customer);

describe('where acts are signed, twokey customer', () => {
  let company: SignedCompany;
  let signed: { readonly desk: Desk; readonly cli: Cli };
  beforeAll(async () => {
    company = await SignedCompany.found();
    const own = await Desk.open({ worker: true, company });
    signed = { desk: own, cli: Cli.beside(own.engine.taskQueue) };
    await keepThrowAwayKeyring(signed.cli.home, company.keyring);
  });
  afterAll(async () => {
    await signed.desk.close();
    company.close();
  });

  it('names the act that Commerce signs, and holds on the board what nobody has signed yet', async () => {
    const customer = newId('signed');
    const order = await waiting(signed, customer);
    const approving = await expectUntouched(signed.desk.client, order, () => signed.cli.json('customer', 'approve', customer, ...reason));
    const command = `npx twokey act ${order} approve-customer --as us.commerce --reason ...`;
    expect(approving).toEqual({ customer, standing: 'approved', orders: [{ order, outcome: 'to-sign', says: expect.stringContaining(command) }] });
    await done(signed.cli, 'act', order, 'approve-customer', '--as', 'us.commerce', ...reason);
    expect(await signed.desk.quiet(order)).toMatchObject({ stage: 'us-review' });

    const removing = (await signed.cli.json('customer', 'remove', customer, ...reason)) as { orders: readonly { outcome: string; says: string }[] };
    expect(removing.orders).toEqual([{ order, outcome: 'to-sign', says: expect.stringMatching(/may not ship; .*signed hold/) }]);
    expect(await signed.desk.quiet(order)).toMatchObject({ held: false });
    const hold = /--hold (\S+)/.exec(removing.orders[0]?.says ?? '')?.[1] ?? '';
    expect(hold).toContain(holdOf(customer));
    await done(signed.cli, 'act', order, 'hold', '--as', 'policy.admin', '--hold', hold, ...reason, '--confirm-by', 'demo.policy-admin-2');
    expect(await signed.desk.quiet(order)).toMatchObject({ held: true });
    await signed.cli.text('customer', 'approve', customer, ...reason);
    expect(await signed.desk.quiet(order)).toMatchObject({ held: true });
    await done(signed.cli, 'act', order, 'lift', '--as', 'policy.admin', '--hold', hold, ...reason, '--confirm-by', 'demo.policy-admin-2');
    expect(await signed.desk.quiet(order)).toMatchObject({ held: false });
  });
});

describe('twokey customer that cannot be understood is told so with exit code 2, and nothing is written', () => {
  const verbs = ['approve', 'decline', 'remove'] as const;
  const names: readonly string[] = ['', '../x', 'A'.repeat(10_000), '\u6f22'.repeat(400), 'c\u001b[2J', 'c\u202e1', 'c\nd', 'c:1', '__proto__', "c' or 1=1"];

  it.each(names.map((customer) => [customer.slice(0, 20), customer] as const))('a customer named %j', async (_begins, customer) => {
    for (const verb of verbs) {
      const ran = await cli.run('customer', verb, customer, ...reason);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toContain('expected a customer code');
      expect(ran.stderr.length).toBeLessThan(400);
      expectSentence(ran.stderr);
    }
  });

  it.each([
    ['empty', ''],
    ['blank', ' '],
    ['too long', 'x'.repeat(2_001)],
    ['of bidirectional characters', 'a\u202eb'],
    ['of terminal commands', 'a\u001b[2J'],
  ])('a reason that is %s', async (_what, text) => {
    const customer = newId('new');
    for (const verb of verbs) expect(await expectFailure(cli, 2, 'usage', 'customer', verb, customer, '--reason', text)).toContain('--reason');
    expect(await standing(customer)).toBe('not-vetted');
  });

  it.each([
    ['no reason', ['customer', 'approve', 'c-1'], "required option '--reason <text>'"],
    ['no customer', ['customer', 'remove', ...reason], "missing required argument 'customer'"],
    ['no verb', ['customer'], 'Usage: twokey customer'],
    ['another verb', ['customer', 'forget', 'c-1'], 'unknown command'],
    ['one word too many', ['customer', 'list', 'c-1'], 'too many arguments'],
  ])('%s', async (_what, args, sentence) => {
    const ran = await cli.run(...args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(sentence);
    expectSentence(ran.stderr);
  });
});

describe('twokey customer ends with exit code 4', () => {
  it.concurrent.each(['approve', 'decline', 'remove'])('and writes nothing where %s finds no engine', async (verb) => {
    const customer = newId('lost');
    const away = Cli.beside('orders', { address: `127.0.0.1:${await closedPort()}` });
    await expectFailure(away, 4, 'engine-unreachable', 'customer', verb, customer, ...reason);
    expect(await standing(customer)).toBe('not-vetted');
  });

  it('where there is no ledger, and no order has heard of anything', async () => {
    const customer = newId('lost');
    const order = await waiting({ cli, desk }, customer);
    const away = Cli.beside(desk.engine.taskQueue, { database: `postgresql://postgres@127.0.0.1:${await closedPort()}/postgres` });
    for (const verb of ['approve', 'decline', 'remove'])
      await expectUntouched(desk.client, order, () => expectFailure(away, 4, 'ledger-unreachable', 'customer', verb, customer, ...reason));
    await expectFailure(away, 4, 'ledger-unreachable', 'customer', 'list');
    await expectFailure(new Cli(), 4, 'ledger-unreachable', 'customer', 'list');
  });

  it('where an order waits and no worker would take the word, and the list is as it was', async () => {
    const customer = newId('lost');
    const order = await waiting({ cli, desk }, customer);
    const idle = Cli.beside(newId('idle'));
    for (const verb of ['approve', 'decline'])
      await expectUntouched(desk.client, order, () => expectFailure(idle, 4, 'no-worker', 'customer', verb, customer, ...reason));
    expect(await standing(customer)).toBe('not-vetted');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../domain/roles.ts';
import { Cli, expectFailure, expectSentence, expectUntouched, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

/** Acts that must be refused with exit code 3 and this code, and leave no trace in the order's history. */
const expectRefusal = (order: string, code: string, by: Role, name: string, ...fields: readonly string[]): Promise<string> =>
  expectUntouched(desk.client, order, () => expectFailure(cli, 3, code, 'act', order, name, '--as', by, ...fields));

const registering = ['--application-number', 'Z1'] as const;
const licensing = ['--license-number', 'D1'] as const;
const agreeing = ['--position', 'no-objection'] as const;

describe('an act that comes too early or too late is refused with exit code 3 and leaves no trace', () => {
  it('no-application: nothing has been filed with Commerce yet', async () => {
    const order = await desk.submit({ fileApplication: 'by-act' });
    expect(await expectRefusal(order, 'no-application', 'us.commerce', 'register', ...registering)).toContain('Accepted: ');
    await expectRefusal(order, 'no-application', 'us.commerce', 'issue-license', ...licensing);
    await expectRefusal(order, 'no-application', 'us.commerce', 'deny', '--basis', '15 CFR 742.6(b)');
    await expectRefusal(order, 'no-application', 'us.state', 'recommend', ...agreeing);
  });

  it('no-application: the buyer has not applied in China', async () => {
    const order = await desk.submit();
    await expectRefusal(order, 'no-application', 'cn.mofcom', 'approve-purchase', '--approval-number', 'CN-A-1');
    await expectRefusal(order, 'no-application', 'cn.miit', 'deny-purchase', '--reason', 'domestic supply suffices');
  });

  it('already-decided: the application is registered, under whatever other act id', async () => {
    const order = await desk.submit();
    await cli.text('act', order, 'register', '--as', 'us.commerce', ...registering, '--id', 'first');
    await expectRefusal(order, 'already-decided', 'us.commerce', 'register', ...registering, '--id', 'second');
  });

  it('already-decided: referred, licensed, applied for, approved', async () => {
    const order = await desk.referred();
    await expectRefusal(order, 'already-decided', 'us.commerce', 'refer');
    await desk.bothKeys(order);
    await expectRefusal(order, 'already-decided', 'us.commerce', 'issue-license', ...licensing);
    await expectRefusal(order, 'already-decided', 'us.commerce', 'deny', '--basis', 'a second thought');
    await expectRefusal(order, 'already-decided', 'buyer', 'apply-purchase', '--application-number', 'CN-2');
    await expectRefusal(order, 'already-decided', 'cn.miit', 'deny-purchase', '--reason', 'a second thought');
    await expectRefusal(order, 'already-decided', 'us.defense', 'recommend', '--position', 'deny', '--basis', 'a second thought');
  });

  it('review-open and review-closed: before all agencies have spoken, and after', async () => {
    const order = await desk.referred();
    expect(await expectRefusal(order, 'review-open', 'us.commerce', 'issue-license', ...licensing)).toContain('us.state until ');
    for (const agency of ['us.state', 'us.energy', 'us.defense'] as const) await desk.act(order, agency, 'recommend', { position: 'no-objection' });
    await expectRefusal(order, 'review-closed', 'us.energy', 'recommend', '--position', 'deny', '--basis', 'late');
    await expectRefusal(order, 'not-before-president', 'us.president', 'presidential-decision', '--decision', 'approve');
  });

  it('not-yet: no test is open, no goods lie at customs, no hit was found', async () => {
    const order = await desk.submit();
    await expectRefusal(order, 'not-yet', 'test.lab', 'pass-inspection', '--report-number', 'LAB-1');
    await expectRefusal(order, 'not-yet', 'cn.gacc', 'release', '--release-number', 'GACC-1');
    await expectRefusal(order, 'not-yet', 'compliance.second', 'clear-hit', '--reason', 'none');
    await expectRefusal(order, 'step-not-failed', 'seller.desk', 'retry-step', '--step', 'ship');
  });

  it('held: the desk may not file during a policy hold', async () => {
    const order = await desk.submit({ fileApplication: 'by-act' });
    await desk.change(order, 'hold');
    expect(await expectRefusal(order, 'held', 'seller.desk', 'submit-application')).toContain('held by');
  });

  it('basis-missing and conditions-missing', async () => {
    const order = await desk.referred();
    await expectRefusal(order, 'basis-missing', 'us.state', 'recommend', '--position', 'deny');
    await expectRefusal(order, 'conditions-missing', 'us.state', 'recommend', '--position', 'approve-with-conditions');
  });

  it('not-entitled: the role may not do this, on the order or on the policy board', async () => {
    const order = await desk.submit();
    expect(await expectRefusal(order, 'not-entitled', 'us.state', 'register', ...registering)).toContain('register by us.commerce');
    await expectRefusal(order, 'not-entitled', 'buyer', 'cancel', '--reason', 'tired of waiting');
    await expectRefusal(order, 'not-entitled', 'us.commerce', 'hold', '--hold', 'P-1', '--reason', 'mine');
  });

  it('order-closed: the order has ended, for every kind of act', async () => {
    const order = await desk.submit();
    await desk.act(order, 'seller.desk', 'cancel', { reason: 'withdrawn' });
    await desk.quiet(order);
    await expectRefusal(order, 'order-closed', 'us.commerce', 'register', ...registering);
    await expectRefusal(order, 'order-closed', 'seller.desk', 'cancel', '--reason', 'again');
    await expectRefusal(order, 'order-closed', 'policy.admin', 'hold', '--hold', 'P-1', '--reason', 'late');
    expect(await expectUntouched(desk.client, order, () => expectFailure(cli, 3, 'order-closed', 'skip', order, '1d'))).toContain(order);
  });

  it('order-unknown: there is no such order, for every kind of act', async () => {
    const order = newId('NONE');
    expect(await expectFailure(cli, 3, 'order-unknown', 'act', order, 'refer', '--as', 'us.commerce')).toContain(order);
    await expectFailure(cli, 3, 'order-unknown', 'act', order, 'hold', '--as', 'policy.admin', '--hold', 'P-1', '--reason', 'r');
    await expectFailure(cli, 3, 'order-unknown', 'skip', order, '1d');
  });

  it('to a person in one sentence on stderr, with nothing on stdout', async () => {
    const order = await desk.submit();
    const ran = await cli.run('act', order, 'refer', '--as', 'us.state');
    expect(ran).toMatchObject({ exitCode: 3, stdout: '' });
    expect(ran.stderr).toMatch(/^twokey: us\.state may not refer\. Accepted: refer by us\.commerce\n$/);
    expectSentence(ran.stderr);
  });
});

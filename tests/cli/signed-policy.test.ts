import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cli, expectFailure, newId } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { answered, done, homeOf, nextMonth } from './homes.ts';

let company: SignedCompany;
let desk: Desk;
/** The home of the first of the policy board and of the desk, and that of the second. */
let first: Cli;
let second: Cli;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  first = await homeOf(company, desk.engine.taskQueue, ['demo.policy-admin', 'demo.seller-desk', 'demo.us-commerce']);
  second = await homeOf(company, desk.engine.taskQueue, ['demo.policy-admin-2', 'demo.policy-admin']);
});
afterAll(async () => {
  await desk.close();
  company.close();
});

describe('a change of policy is signed by two of the policy board', () => {
  it('in one home at once, over the number that the board gave it', async () => {
    const order = await desk.referred();
    const hold = newId('P');
    const args = ['--as', 'policy.admin', '--hold', hold, '--reason', 'review', '--confirm-by', 'demo.policy-admin-2'];
    const held = await done(second, 'act', order, 'hold', ...args);
    const author = 'policy.admin, signed by demo.policy-admin, confirmed by demo.policy-admin-2';
    expect(held.stdout).toMatch(new RegExp(`^hold ${hold} on ${order} is on the policy board as epoch \\d+ {2}\\[${author}\\]\n$`));
    expect(await desk.quiet(order)).toMatchObject({ held: true });
    const { events } = await desk.record(order);
    expect(events.at(-1)).toMatchObject({ type: 'policy-held', id: hold, epoch: Number(/epoch (\d+)/.exec(held.stdout)?.[1]) });
    expect((await done(first, 'status', order)).stdout).toContain(`held by ${hold}: review  [${author}]`);
  });

  it('from two homes, one after the other; the board has it from the first signature on, the order from the second', async () => {
    const order = await desk.submit();
    const [hold, file] = [newId('P'), join(first.home, 'hold.json')];
    const args = ['--as', 'policy.admin', '--hold', hold, '--reason', 'review'];
    const kept = await done(first, 'act', order, 'hold', ...args, '--write', file);
    expect(kept.stdout).toContain(`somebody else signs as policy.admin by twokey confirm ${file}`);
    expect(kept.stdout).toContain('the policy board has it');
    expect((await desk.quiet(order)).held).toBe(false);
    expect(await expectFailure(second, 2, 'second-missing', 'send', file)).toContain(`twokey confirm ${file}`);
    expect(await expectFailure(first, 3, 'key-missing', 'confirm', file)).toContain('nobody but demo.policy-admin');
    expect(await expectFailure(second, 3, 'same-person', 'confirm', file, '--holder', 'demo.policy-admin')).toContain('demo.policy-admin signs this already');

    const confirmed = join(second.home, 'confirmed.json');
    expect(await answered(second, 'confirm', file, '--write', confirmed)).toMatchObject({
      act: 'hold',
      order,
      file: confirmed,
      signedBy: ['demo.policy-admin', 'demo.policy-admin-2'],
      awaits: null,
    });
    expect(await expectFailure(second, 2, 'second-refused', 'confirm', confirmed)).toContain('twokey send');
    expect((await desk.quiet(order)).held).toBe(false);
    expect(await answered(first, 'send', confirmed)).toMatchObject({ act: 'hold', order, change: { id: hold, signed: { kind: 'authenticated' } } });
    expect((await desk.quiet(order)).held).toBe(true);
  });

  it('and not by somebody who has acted for a side: that is told before the board has it', async () => {
    const order = await desk.submit();
    const file = join(first.home, 'commerce.jws');
    await done(first, 'delegate', 'policy.admin', '--to', 'demo.seller-desk', '--until', nextMonth, '--holder', 'demo.policy-admin', '--out', file);
    const args = ['--as', 'policy.admin', '--hold', newId('P'), '--reason', 'mine', '--delegation', file, '--holder', 'demo.seller-desk', '--write', 'x.json'];
    expect(await expectFailure(first, 3, 'duty-conflict', 'act', order, 'hold', ...args)).toContain('demo.seller-desk has acted for the side seller');
    expect((await desk.quiet(order)).held).toBe(false);
  });
});

describe('what somebody kept for another', () => {
  it('is confirmed by nobody once the order has moved on, and sent by nobody once it has expired', async () => {
    const order = await desk.submit();
    const [letter, file] = [first.write('a letter\n', 'letter.txt'), join(first.home, 'registration.json')];
    const evidence = ['--evidence', letter, '--issuer-number', 'BIS-17', '--decided-at', '2026-01-20'];
    await done(first, 'act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', ...evidence, '--write', file);
    const approval = join(first.home, 'register.json');
    await done(first, 'act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', '--valid-for', '2h', '--write', approval);
    expect(await expectFailure(second, 2, 'second-refused', 'confirm', approval)).toContain('is signed by one person; twokey send');
    await desk.skip(order, 3 * 3_600_000);
    await expectFailure(second, 3, 'expired', 'send', approval);
    await desk.act(order, 'us.commerce', 'register', { applicationNumber: 'Z2' });
    expect(await expectFailure(second, 3, 'wrong-subject', 'confirm', file)).toContain('signed anew');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../trust/key-keeper.ts';
import { readKeyStore } from '../../trust/key-store.ts';
import { keepThrowAwayKeyring } from '../../trust/throw-away-home.ts';
import { keyringSignal, orderWorkflowId } from '../../workflows/messages.ts';
import { Cli, closedPort, expectFailure, expectUntouched, newId, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { answered, done, homeOf, passphrase, passphraseFile } from './homes.ts';

let company: SignedCompany;
let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: true, company });
  cli = await homeOf(company, desk.engine.taskQueue, ['root', 'demo.us-commerce', 'demo.seller-desk']);
});
afterAll(async () => {
  await desk.close();
  company.close();
});

const day = 86_400_000;
const registering = ['register', '--as', 'us.commerce', '--application-number', 'Z1'] as const;
const keyOf = async (role: string): Promise<string> => (await readKeyStore(cli.home)).keyring.keys.find((one) => one.role === role)?.id ?? '';
/** How often an order was told of a keyring. */
const tellings = async (order: string): Promise<number> => {
  const { events } = await desk.client.workflow.getHandle(orderWorkflowId(order)).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes?.signalName === keyringSignal.name).length;
};
const answerOf = (document: Record<string, unknown>, order: string): unknown =>
  (document['orders'] as { order: string; answer: string }[]).find((one) => one.order === order)?.answer;

describe('a keyring reaches the orders that wait', () => {
  it('with an act whose key they do not know, once', async () => {
    const order = await desk.submit();
    await createKey(cli.home, { role: 'us.commerce', holder: 'second.officer' }, { root: passphrase, key: passphrase });
    const registered = await done(cli, 'act', order, ...registering, '--holder', 'second.officer');
    expect(registered.stdout).toContain('[us.commerce, signed by second.officer]');
    expect(await tellings(order)).toBe(1);
    expect(await answered(cli, 'keys', 'announce')).toMatchObject({ sequence: 2 });
    expect(await tellings(order)).toBe(1);
  });

  it('unasked when a key is rotated, and takes the new one from its day on', async () => {
    const order = await desk.submit();
    const [old, from] = [await keyOf('us.commerce'), new Date(Date.now() + 2 * day).toISOString().slice(0, 10)];
    const { key, announced } = await answered(cli, 'keys', 'rotate', old, '--from', from);
    expect(announced).toEqual({ told: expect.any(Number) });
    expect(await tellings(order)).toBe(1);
    expect(answerOf(await answered(cli, 'keys', 'announce'), order)).toBe('known');
    const before = await answered(cli, 'act', order, ...registering, '--holder', 'demo.us-commerce');
    expect(before).toMatchObject({ events: [{ signed: { by: { key: old } } }] });
    await desk.skip(order, 3 * day);
    const after = await answered(cli, 'act', order, 'refer', '--as', 'us.commerce', '--holder', 'demo.us-commerce');
    expect(after).toMatchObject({ events: [{ signed: { by: { key: (key as { id: string }).id } } }] });
  });

  it('when a key is revoked: what was signed with it before and not sent counts for nothing', async () => {
    const order = await desk.submit();
    await done(cli, 'act', order, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn', '--write', 'cancel.json');
    const revoked = await done(cli, 'keys', 'revoke', await keyOf('seller.desk'), '--reason', 'laptop lost');
    expect(revoked.stdout).toMatch(/\d+ open orders were told of it\n$/);
    await desk.quiet(order);
    await expectUntouched(desk.client, order, async () => {
      expect(await expectFailure(cli, 3, 'key-revoked', 'send', 'cancel.json')).toContain('laptop lost');
      expect(await expectFailure(cli, 3, 'key-missing', 'act', order, 'cancel', '--as', 'seller.desk', '--reason', 'withdrawn')).toContain('seller.desk');
    });
    expect(await expectFailure(cli, 3, 'key-missing', 'submit', cli.write(orderYaml('A-1')))).toContain('twokey submit --unsigned');
  });

  it('and changes stand where no engine answers, which is told', async () => {
    const away = new Cli({ TWOKEY_HOME: cli.home, TWOKEY_PASSPHRASE_FILE: passphraseFile(), TEMPORAL_ADDRESS: `127.0.0.1:${await closedPort()}` });
    const made = await done(away, 'keys', 'new', 'auditor', '--holder', 'a.b');
    expect(made.stdout).toMatch(/\nopen orders were not told of it \(the Temporal server at .* does not answer.*\): twokey keys announce\n$/);
  });
});

describe('a home of throw-away keys', () => {
  it('asks for no passphrase, and says once what its signatures are worth', async () => {
    const demo = Cli.beside(desk.engine.taskQueue);
    await keepThrowAwayKeyring(demo.home, company.keyring);
    const order = await desk.submit();
    const ran = await done(demo, 'act', order, ...registering);
    expect(ran.stdout).toContain('[us.commerce, signed by demo.us-commerce]');
    expect(ran.stderr.match(/throw-away/g)).toHaveLength(1);
    const again = ['act', order, 'refer', '--as', 'us.commerce', '--id', 'referral-1'] as const;
    await answered(demo, ...again);
    expect(await expectUntouched(desk.client, order, () => answered(demo, ...again))).toMatchObject({ id: 'referral-1', events: [] });
    expect((await done(demo, 'keys', 'new', 'auditor', '--holder', 'a.b')).stderr.match(/throw-away/g)).toHaveLength(1);
    await expectFailure(demo, 3, 'act-conflict', 'act', order, ...registering, '--id', 'referral-1');
  });

  it('submits plain orders where it is asked to, and says of what it knew what it takes', async () => {
    const demo = Cli.beside(desk.engine.taskQueue);
    await keepThrowAwayKeyring(demo.home, company.keyring);
    const order = newId('S');
    const file = demo.write(orderYaml(order));
    expect((await done(demo, 'submit', file, '--unsigned')).stdout).toContain(`${order} submitted, unsigned`);
    expect((await done(demo, 'submit', file)).stdout).toContain('was submitted before, nothing changed; it takes plain acts');
    expect(await answered(demo, 'submit', file)).toMatchObject({ submitted: [{ order, state: 'known', takes: 'plain' }] });
  });
});

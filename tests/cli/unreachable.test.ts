import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { query } from '../../ledger/database.ts';
import { Cli, closedPort, expectFailure, expectSentence, expectUntouched, newId, onlyDocumentOf, orderYaml, silentServer } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let order: string;
beforeAll(async () => {
  desk = await Desk.open();
  order = await desk.referred();
});
afterAll(() => desk.close());

const acting = ['act', 'A-1', 'refer', '--as', 'us.commerce'] as const;
const holding = (id: string) => ['act', id, 'hold', '--as', 'policy.admin', '--hold', newId('P'), '--reason', 'review'] as const;
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['orders', ['orders']],
  ['status', ['status', 'A-1']],
  ['inbox', ['inbox', 'buyer']],
  ['act', acting],
  ['act hold', holding('A-1')],
  ['skip', ['skip', 'A-1', '1d']],
  ['skip --all', ['skip', '--all', '1d']],
  ['repair', ['repair', 'A-1']],
  ['screening run', ['screening', 'run']],
];
const claims = (id: string) => query(desk.database, 'select id from orders where id = $1', [id]);
const verdicts = (document: unknown): Record<string, string> =>
  Object.fromEntries((document as { findings: { what: string; verdict: string }[] }).findings.map((one) => [one.what, one.verdict]));

// Most of each is five seconds of waiting.
describe.concurrent('without an engine every command ends with exit code 4 and says what to do', () => {
  it.each(commands)('%s, where no twokey runs', async (_what, args) => {
    const cli = new Cli();
    expect(await expectFailure(cli, 4, 'engine-unreachable', ...args)).toMatch(/npm start.*TEMPORAL_ADDRESS/);
    expect(readdirSync(cli.home)).toEqual([]);
  });

  it.each(commands)('%s, where the engine has gone', async (_what, args) => {
    const address = `127.0.0.1:${await closedPort()}`;
    expect(await expectFailure(Cli.beside('orders', { address }), 4, 'engine-unreachable', ...args)).toContain(address);
  });

  it('submit, and claims no order in the ledger', async () => {
    const id = newId('LOST');
    const cli = Cli.beside('orders', { address: `127.0.0.1:${await closedPort()}` });
    await expectFailure(cli, 4, 'engine-unreachable', 'submit', cli.write(orderYaml(id)));
    expect(await claims(id)).toEqual([]);
  });

  it('doctor, and still looks at the ledger', async () => {
    const ran = await Cli.beside('orders', { address: `127.0.0.1:${await closedPort()}` }).run('doctor', '--json');
    expect(ran.exitCode).toBe(4);
    expect(verdicts(onlyDocumentOf(ran))).toMatchObject({ engine: 'failure', ledger: 'ok' });
  });

  it('orders, where the program at the address never answers', async () => {
    const silent = await silentServer();
    try {
      await expectFailure(Cli.beside('orders', { address: `127.0.0.1:${silent.port}` }), 4, 'engine-unreachable', 'orders');
    } finally {
      silent.close();
    }
  });

  it.each([
    ['TEMPORAL_ADDRESS', { TEMPORAL_ADDRESS: 'nowhere.invalid:7233' }],
    ['TEMPORAL_PROFILE', { TEMPORAL_PROFILE: 'nobody', TEMPORAL_CONFIG_FILE: 'nowhere.toml' }],
  ])('orders, where %s leads nowhere', async (_what, environment) => {
    await expectFailure(new Cli(environment), 4, 'engine-unreachable', 'orders');
  });

  it('orders, where the namespace is not on the server', async () => {
    expect(await expectFailure(Cli.beside('orders', { namespace: 'nowhere' }), 4, 'engine-unreachable', 'orders')).toContain('nowhere');
  });

  it.each([
    ['broke off', '{"pid": 1'],
    ['is empty', ''],
    ['is of another release', '{"release": 2}'],
    [
      'is of a process that has ended',
      JSON.stringify({ pid: 4_194_303, address: '127.0.0.1:1', namespace: 'default', ui: null, taskQueue: 'q', database: 'd' }),
    ],
  ])('orders, where run.json %s', async (_what, text) => {
    const cli = new Cli();
    writeFileSync(join(cli.home, 'run.json'), text);
    await expectFailure(cli, 4, 'engine-unreachable', 'orders');
  });

  it('to a person in a sentence on stderr', async () => {
    const ran = await new Cli().run('orders');
    expect(ran).toMatchObject({ exitCode: 4, stdout: '' });
    expectSentence(ran.stderr);
  });
});

describe('without a worker', () => {
  it('an act ends with exit code 4, and nothing is written', async () => {
    const idle = await Desk.open({ worker: false });
    const cli = Cli.beside(idle.engine.taskQueue);
    const id = newId('IDLE');
    await cli.json('submit', cli.write(orderYaml(id)));
    const message = await expectUntouched(idle.client, id, () =>
      expectFailure(cli, 4, 'no-worker', 'act', id, 'cancel', '--as', 'seller.desk', '--reason', 'r'),
    );
    expect(message).toContain('npm start');
    const doctor = await cli.run('doctor', '--json');
    expect(verdicts(onlyDocumentOf(doctor))).toMatchObject({ engine: 'ok', worker: 'failure', ledger: 'ok' });
    expect(doctor.exitCode).toBe(4);
    await idle.close();
  });
});

describe('without a ledger', () => {
  const beside = async (): Promise<Cli> => Cli.beside(desk.engine.taskQueue, { database: `postgresql://postgres@127.0.0.1:${await closedPort()}/postgres` });

  it('submit ends with exit code 4, and starts no order', async () => {
    const cli = await beside();
    const id = newId('LOST');
    expect(await expectFailure(cli, 4, 'ledger-unreachable', 'submit', cli.write(orderYaml(id)))).toContain('the ledger does not answer');
    await expectFailure(cli, 3, 'order-unknown', 'skip', id, '1d');
  });

  it('a hold ends with exit code 4, and the order has not heard of it', async () => {
    const cli = await beside();
    await expectUntouched(desk.client, order, () => expectFailure(cli, 4, 'ledger-unreachable', ...holding(order)));
  });

  it('acts, lists and status go on', async () => {
    const cli = await beside();
    expect(await cli.json('act', order, 'recommend', '--as', 'us.state', '--position', 'no-objection')).toMatchObject({ order });
    expect(await cli.json('status', order)).toMatchObject({ order });
  });

  it('doctor says so, and ends with exit code 4', async () => {
    const ran = await (await beside()).run('doctor', '--json');
    expect(verdicts(onlyDocumentOf(ran))).toMatchObject({ engine: 'ok', ledger: 'failure' });
    expect(ran.exitCode).toBe(4);
  });

  it('submit ends with exit code 4 where the program at the address never answers', async () => {
    const silent = await silentServer();
    try {
      const cli = Cli.beside(desk.engine.taskQueue, { database: `postgresql://postgres@127.0.0.1:${silent.port}/postgres` });
      await expectFailure(cli, 4, 'ledger-unreachable', 'submit', cli.write(orderYaml(newId('LOST'))));
    } finally {
      silent.close();
    }
  });

  it.each(['no address', 'postgresql://', 'postgresql://postgres@nowhere.invalid:5432/postgres'])(
    'submit ends with exit code 4 where DATABASE_URL is %j',
    async (url) => {
      const cli = Cli.beside(desk.engine.taskQueue, { database: url });
      await expectFailure(cli, 4, 'ledger-unreachable', 'submit', cli.write(orderYaml(newId('LOST'))));
    },
  );
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NativeConnection, type Worker } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { receiveLot } from '../../ledger/stock-receipt.ts';
import { createOrderWorker } from '../../workers/order-worker.ts';
import { simulatedActivities } from '../../workers/simulated-activities.ts';
import { orderWorkflowId } from '../../workflows/messages.ts';
import { Cli, expectSentence, newId, orderYaml } from '../support/cli.ts';
import type { Ran } from '../support/command-host.ts';
import { cannotDie } from '../support/cannot-die.ts';
import { Desk } from '../support/desk.ts';
import { SignedCompany } from '../support/signed-company.ts';
import { homeOf, nextMonth, passphrase, passphraseFile } from './homes.ts';
import { commandLinesDuring, expectNoSecret, seedsIn } from './secrets.ts';

let company: SignedCompany;
let desk: Desk;
let native: NativeConnection;
let worker: Worker;
let running: Promise<void>;
/** All that the worker says. */
const log: string[] = [];
beforeAll(async () => {
  company = await SignedCompany.found();
  desk = await Desk.open({ worker: false, company });
  native = await NativeConnection.connect({ address: inject('address') });
  worker = await createOrderWorker({
    connection: native,
    namespace: 'default',
    taskQueue: desk.engine.taskQueue,
    bundlePath: inject('bundlePath'),
    activities: company.trusted(simulatedActivities(desk.database, 'tests', cannotDie)),
    logger: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    stickyTimeoutMs: 2_000,
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await native.close();
  await desk.close();
  company.close();
});

describe('whoever signs', () => {
  it('tells no passphrase and no private key, in no output, error, command line, file, log and history', async () => {
    const people = ['root', 'demo.seller-desk', 'demo.compliance-second', 'demo.us-commerce', 'demo.us-state'];
    const cli = await homeOf(company, desk.engine.taskQueue, people);
    const wrong = new Cli({ TWOKEY_HOME: cli.home, TWOKEY_PASSPHRASE_FILE: passphraseFile('not the same passphrase') });
    const said: Ran[] = [];
    const seen: string[] = [];
    const run = async (by: Cli, exitCode: number, ...args: readonly string[]): Promise<void> => {
      const { answer, lines } = await commandLinesDuring(by.spawned(args));
      expect(answer, args.join(' ')).toMatchObject({ exitCode });
      said.push(answer);
      seen.push(...lines);
    };
    const order = newId('S');
    await receiveLot(desk.database, { id: `lot-${order}`, product: 'H200', units: 500 }, Date.now());
    const file = cli.write(orderYaml(order, { fileApplication: 'when-allocated' }));
    await run(wrong, 3, 'submit', file);
    await run(cli, 0, 'submit', file);
    await desk.quiet(order);
    const registering = ['act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1'];
    await run(wrong, 3, ...registering, '--json');
    const kept = join(cli.home, 'kept.json');
    const evidence = ['--evidence', cli.write('a letter\n', 'letter.txt'), '--issuer-number', 'BIS-17', '--decided-at', '2026-01-20'];
    await run(cli, 0, ...registering, ...evidence, '--write', kept);
    await run(wrong, 3, 'confirm', kept, '--json');
    await run(cli, 0, 'confirm', kept);
    await run(wrong, 3, 'delegate', 'us.state', '--to', 'x', '--until', nextMonth, '--json');
    await run(cli, 0, 'delegate', 'us.state', '--to', 'x', '--until', nextMonth, '--out', 'state.jws');
    await run(cli, 0, 'act', order, 'refer', '--as', 'us.commerce', '--json');

    const seeds = seedsIn(cli.home, passphrase);
    expect(seeds).toHaveLength(people.length);
    const texts = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((one) => one.isFile() && /\.(json|jws|jwk|pem|log|txt|yaml)$/.test(one.name))
        .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'));
    const history = JSON.stringify(await desk.client.workflow.getHandle(orderWorkflowId(order)).fetchHistory());
    const engineLogs = readdirSync(inject('folder')).filter((name) => name.endsWith('.log'));
    expect(engineLogs).toContain('engine.log');
    expect(log.join('')).toContain('application-registered');
    expectNoSecret(
      [
        ...said.flatMap(({ stdout, stderr }) => [stdout, stderr]),
        ...seen,
        ...texts(cli.home),
        history,
        ...log,
        ...engineLogs.map((name) => readFileSync(join(inject('folder'), name), 'latin1')),
      ],
      [passphrase, 'not the same passphrase'],
      seeds,
    );
    expect(seen.some((line) => line.includes('twokey'))).toBe(process.platform === 'linux');
    for (const { stderr } of said.filter(({ stderr: text }) => text !== '')) expectSentence(stderr);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli, expectSentence, newId, orderYaml } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
});
afterAll(() => desk.close());

/** Names of orders that can never have been submitted. */
const names: readonly (readonly [string, string])[] = [
  ['of 10,000 characters', 'A'.repeat(10_000)],
  ['of 400 three-byte characters', '\u6f22'.repeat(400)],
  ['that is empty', ''],
  ['with a way up', '../x'],
  ['with bidirectional characters', 'A-1\u202e1-B\u2066'],
  ['with terminal commands', 'A-1\u001b[2J\u001b]0;owned\u0007'],
  ['with a line break', 'A-1\nA-2'],
  ['with half a character', 'A-\ud83d'],
  ['of every object', '__proto__'],
  ['of every function', 'constructor'],
  ['with a quote and a query', "A-1' OR OrderStage = 'intake"],
];
const commands: readonly (readonly [string, readonly string[]])[] = [
  ['status', []],
  ['repair', []],
  ['skip', ['1d']],
  ['skip', ['--until-deadline']],
  ['act', ['refer', '--as', 'us.commerce']],
  ['act', ['hold', '--as', 'policy.admin', '--hold', 'P-1', '--reason', 'review']],
];

describe.each(names)('an order name %s', (_what, order) => {
  it.each(commands)('is told as unknown or as no name by twokey %s %j, in a sentence that shows what it says', async (command, rest) => {
    const ran = await cli.run(command, order, ...rest);
    expectSentence(ran.stderr);
    expect({ isRefused: [2, 3].includes(ran.exitCode), stdout: ran.stdout }).toEqual({ isRefused: true, stdout: '' });
    expect(ran.stderr.length).toBeLessThan(4_000);
  });
});

describe('texts that would show something else than they say', () => {
  it.each([
    ['an act', ['act', 'A-1', 'refer\u001b[2J', '--as', 'us.commerce']],
    ['a role', ['act', 'A-1', 'refer', '--as', 'us.commerce\u202e']],
    ['a role of the inbox', ['inbox', 'us.commerce\u001b[1A']],
    ['a duration', ['skip', 'A-1', '1d\u001b[31m']],
    ['the name of a file', ['submit', 'no\u001b[2Jfile.yaml']],
    ['a port', ['start', '--port', '1\u001b[2J']],
  ])('%s is not printed as it came', async (_what, args) => {
    const ran = await cli.run(...args);
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
  });

  it('a faulty file is not quoted as it came', async () => {
    const ran = await cli.run('submit', cli.write('id: [A-1\u001b[2J\u202e\n'));
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
  });

  it('a field of a file is not quoted as it came', async () => {
    const ran = await cli.run('submit', cli.write(`${orderYaml('A-1')}"units\\e[2J": 1\n`));
    expect(ran.exitCode).toBe(2);
    expectSentence(ran.stderr);
  });
});

describe('long names that are well formed', () => {
  it('an order may be named with 64 characters', async () => {
    const order = newId('L').padEnd(64, 'x');
    expect(await cli.json('submit', cli.write(orderYaml(order, { product: 'H20' })))).toMatchObject({ submitted: [{ order, state: 'started' }] });
    await desk.quiet(order);
    expect(await cli.json('status', order)).toMatchObject({ order });
  });

  it.each([999, 1_500, 2_000])('an act id of %i characters is taken, or told as too long', async (length) => {
    const order = await desk.submit();
    const ran = await cli.run('act', order, 'register', '--as', 'us.commerce', '--application-number', 'Z1', '--id', 'x'.repeat(length));
    expect([0, 2]).toContain(ran.exitCode);
    expect((await desk.record(order)).order.usReview.state).toBe(ran.exitCode === 0 ? 'registered' : 'filed');
  });
});

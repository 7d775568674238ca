import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

let desk: Desk;
let cli: Cli;
let order: string;
beforeAll(async () => {
  desk = await Desk.open();
  cli = Cli.beside(desk.engine.taskQueue);
  order = await desk.submit();
});
afterAll(() => desk.close());

// What the other tests rest upon, whose commands follow one another in one process.
describe('a command in a process of its own ends, and leaves behind what it does beside others', () => {
  it.each<[string, number, (id: string) => readonly string[]]>([
    ['that answers', 0, () => ['classify', 'H200']],
    ['that answers in JSON', 0, () => ['policy', 'show', '2026-01-rule', '--json']],
    ['that replays an order', 0, (id) => ['status', id]],
    ['that tells its version', 0, () => ['--version']],
    ['that nobody knows', 2, () => ['frobnicate', '--json']],
    ['that is used wrongly', 2, () => ['act', 'A-1', 'refer']],
    ['without its file', 2, () => ['send', 'nowhere.json', '--json']],
    ['that is refused', 3, (id) => ['act', id, 'refer', '--as', 'us.commerce', '--json']],
    ['on an order that there is none of', 3, () => ['status', 'NOBODY-1']],
    ['with half a character', 2, () => ['status', 'A-\ud83d']],
  ])('%s, with exit code %i', async (_what, exitCode, args) => {
    const alone = await cli.spawned(args(order));
    expect(alone.exitCode).toBe(exitCode);
    // Twice, since the first is as new to its process as one alone.
    for (let times = 0; times < 2; times += 1) expect(await cli.run(...args(order))).toEqual(alone);
  });

  it('knows nothing of the environment of the one before', async () => {
    const elsewhere = new Cli({ TEMPORAL_PROFILE: 'nobody', TEMPORAL_CONFIG_FILE: 'nowhere.toml' });
    expect(await elsewhere.run('orders')).toMatchObject({ exitCode: 4, stdout: '' });
    expect(await cli.run('status', order)).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

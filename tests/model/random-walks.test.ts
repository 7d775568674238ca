import { describe, expect, it } from 'vitest';
import { outcomes } from '../../domain/state.ts';
import { theCore } from './core.ts';
import { walkAtRandom } from './random-walks.ts';
import { say } from './say.ts';

const commands = 1_000_000;
/** New at each run; set TWOKEY_SEED_MODEL to repeat one. */
const seed = Number(process.env['TWOKEY_SEED_MODEL'] ?? Date.now() % 0x7fff_ffff);

describe('a million random commands', () => {
  it(`keep every invariant (repeat with TWOKEY_SEED_MODEL=${seed})`, () => {
    const began = performance.now();
    say(`random commands with TWOKEY_SEED_MODEL=${seed}`);
    let told = 0;
    const walked = walkAtRandom(theCore, seed, commands, ({ commands: judged }) => {
      if (judged - told < 200_000) return;
      told = judged;
      say(`${judged} random commands`);
    });
    const seconds = (performance.now() - began) / 1_000;
    const speed = `${seconds.toFixed(1)} s, ${Math.round(walked.commands / seconds)} a second`;
    say(`${walked.commands} random commands in ${speed}, through ${walked.rows.size} rows of the matrix`);
    say(`orders that ended: ${[...walked.outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}`);
    expect(walked.commands).toBeGreaterThanOrEqual(commands);
    // Orders of edition 1 leave as a whole.
    const ofWaves: readonly string[] = ['partly-delivered', 'undelivered'];
    expect([...walked.outcomes.keys()].toSorted()).toEqual(outcomes.filter((outcome) => !ofWaves.includes(outcome)).toSorted());
  }, 300_000);
});

import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Primitives } from '../../domain/signing/primitives.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { sandboxPrimitives } from '../../workflows/primitives.ts';
import { badChanges, verdictOnChange } from './bad/changes.ts';
import type { BadEnvelope } from './bad/forge.ts';
import { unsoundEntries } from './bad/points.ts';
import { badEnvelopes, verdictOf } from './bad-envelopes.ts';
import { makeCast } from './cast.ts';
import { goodEnvelopes } from './good-envelopes.ts';
import { mutants } from './mutants.ts';
import { playScene } from './play-scene.ts';

const now = Date.parse('2026-01-21T15:00:00Z');
const setting = await playScene(await makeCast(now, await unsoundEntries(now)), now);
const before = structuredClone(setting.bound);
// A judge that changes an order fails here at once, and below if it finds another way.
freeze(setting.bound);
freeze(setting.cast.keyring);
const all = await badEnvelopes(setting);
const changes = badChanges(setting);
const good = goodEnvelopes(setting);
const classes = [...new Set([...all, ...changes].map((one) => one.class))];
const byClass = <T extends { readonly class: string }>(cases: readonly T[]): [string, T[]][] =>
  classes.flatMap((kind) => {
    const own = cases.filter((one) => one.class === kind);
    return own.length > 0 ? [[kind, own]] : [];
  });

const platforms: readonly (readonly [string, Primitives])[] = [
  ['Node', nodePrimitives],
  ['the workflow sandbox', sandboxPrimitives],
];

/** A name and what became of it, so that a difference says which it is about. */
const verdicts = <T extends { readonly name: string }>(cases: readonly T[], verdict: (one: T) => string): string[] =>
  cases.map((one) => `${one.name}: ${verdict(one)}`);

describe.each(platforms)('by the primitives of %s, an order refuses', (_platform, primitives) => {
  it.each(byClass(all))('%s', (_class, cases) => {
    expect(verdicts(cases, (one) => verdictOf(setting, one, primitives))).toEqual(verdicts(cases, ({ code }) => code));
  });

  it.each(byClass(changes))('%s', (_class, cases) => {
    expect(verdicts(cases, (one) => verdictOnChange(setting, one, primitives))).toEqual(verdicts(cases, ({ code }) => code));
  });

  it('none of those that they were made from', () => {
    expect(verdicts(good, (one) => verdictOf(setting, one, primitives))).toEqual(verdicts(good, () => 'taken'));
  });
});

describe('the bad envelopes', () => {
  it('are at least 600 of at least 30 classes, each under a name of its own', () => {
    const lines = byClass([...all, ...changes]).map(([kind, cases]) => `${String(cases.length).padStart(5)}  ${kind}`);
    process.stderr.write(
      `bad envelopes: ${all.length} acts and ${changes.length} changes of policy in ${classes.length} classes\n${inColumns(lines).join('\n')}\n`,
    );
    expect(all.length).toBeGreaterThanOrEqual(600);
    expect(classes.length).toBeGreaterThanOrEqual(30);
    const names = all.map((one) => `${one.class}: ${one.name}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('are the same after a journey as JSON, but for those that say otherwise', () => {
    const changed = all.filter(({ envelope, jsonOnly }) => jsonOnly === undefined && !isDeepStrictEqual(JSON.parse(JSON.stringify(envelope)), envelope));
    expect(changed.map(({ name }) => name)).toEqual([]);
  });

  it('leave the order as it was', () => expect(setting.bound).toEqual(before));

  it.each(mutants)('tell a judge who $name from the real one', ({ setting: change = (same) => same, primitives = nodePrimitives, lets }) => {
    const broken = change(setting);
    const taken = (one: BadEnvelope): boolean => verdictOf(broken, one, primitives) === 'taken';
    const passed = byClass(all).flatMap(([kind, cases]) => (cases.some(taken) ? [kind] : []));
    expect(passed).toEqual(expect.arrayContaining([...lets]));
  });
});

/** Makes every change of what was judged a failure. */
function freeze(value: object): void {
  Object.freeze(value);
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) freeze(part);
}

function inColumns(lines: readonly string[]): string[] {
  const height = Math.ceil(lines.length / 2);
  const width = Math.max(...lines.map((line) => line.length));
  return lines.slice(0, height).map((line, at) => `${line.padEnd(width)}${lines[at + height] ?? ''}`);
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { invariants } from './invariants.ts';

const page = readFileSync(new URL('../../docs/invariants.md', import.meta.url), 'utf8');

describe('docs/invariants.md', () => {
  it('names the invariants that are checked, by their numbers, and no others', () => {
    const told = [...page.matchAll(/^(\d+)\. \*\*([^*]+)\*\*: /gm)].map(([, number, name]) => `${number} ${name}`);
    expect(told).toEqual(invariants.map(({ number, name }) => `${number} ${name}`));
  });

  it('names each of them once', () => {
    expect(new Set(invariants.map(({ name }) => name)).size).toBe(invariants.length);
  });

  it('has each of them looked at on every command, in every state, or on all states together', () => {
    const unseen = invariants.filter(({ ofCommand, ofState, ofGraph }) => !ofCommand && !ofState && !ofGraph);
    expect(unseen).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { agreedIn } from '../../record/agreed.ts';
import { RecordFault } from '../../record/fault.ts';
import { toJsonObject } from '../../record/json.ts';
import { pinnedPolicy, policyIds } from '../../edge/policies.ts';
import { products } from '../../domain/terms.ts';
import { policy, terms } from '../support/orders.ts';

const both = (ordered: unknown, pinned: unknown) =>
  agreedIn({ format: 'twokey-record/1', order: 'A-1', terms: toJsonObject(ordered), policy: toJsonObject(pinned), entries: [] });
const agreed = (pinned: unknown) => both(terms(), pinned).policy;

function isTaken(pinned: unknown): boolean {
  try {
    return agreed(pinned) !== undefined;
  } catch (error) {
    if (error instanceof RecordFault) return false;
    throw error;
  }
}

/** Every field of a value, however deep, by its path. */
function fieldsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [...(Array.isArray(value) ? [] : [[...path, name]]), ...fieldsIn(part, [...path, name])]);
}

/** A copy in which the object that has the field at the path is changed. */
function changedAt(value: unknown, path: readonly string[], change: (part: Record<string, unknown>, name: string) => void): unknown {
  const copy: unknown = structuredClone(value);
  const parent = path.slice(0, -1).reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], copy);
  change(parent as Record<string, unknown>, path.at(-1) ?? '');
  return copy;
}

/** What may be left out: quotas where a policy has none, what waves need where it was pinned before policies told it, and a row is about all products that it does not tell apart. */
const optional = new Set(['quotas', 'shipping', 'products', 'tpp', 'bandwidth', 'above', 'from', 'below']);
const ladder = pinnedPolicy('us-ladder', 'H200');
const places = fieldsIn(ladder).map((path) => ({ path, place: path.join('.') }));

describe('the policy of a record', () => {
  it.each(policyIds().flatMap((id) => products.map((product) => ({ id, product }))))('may be $id as an order for $product pins it', ({ id, product }) => {
    const pinned = pinnedPolicy(id, product);
    expect(pinned).toBeDefined();
    expect(agreed(pinned)).toEqual(pinned);
  });

  it('may be of the first edition', () => {
    expect(agreed(policy())).toEqual(policy());
  });

  it('may not mix editions, or be of a third', () => {
    for (const bad of [
      { ...policy(), review: ladder?.review },
      { ...policy(), edition: 2 },
      { ...ladder, edition: 1 },
      { ...ladder, edition: 3 },
    ]) {
      expect(() => agreed(bad)).toThrow(RecordFault);
    }
  });

  it('must have every field that its edition has', () => {
    expect(places.length).toBeGreaterThan(60);
    for (const { path, place } of places) {
      const without = changedAt(ladder, path, (part, name) => void delete part[name]);
      const isLeftOut = optional.has(path.at(-1) ?? '') && path[0] !== 'product' && !(path[0] === 'quotas' && path.length > 1) && !path.includes('offsets');
      expect({ place, isTaken: isTaken(without) }).toEqual({ place, isTaken: isLeftOut });
    }
  });

  it('must have no other, wherever it stands', () => {
    for (const { path, place } of places) {
      expect(() => agreed(changedAt(ladder, path, (part) => void (part['more'] = 1))), place).toThrow(RecordFault);
    }
  });
});

describe('the terms of a record', () => {
  const full = terms({ shipBy: '2026-06-30', replaces: 'A-0' });

  it('are those of an order, with the order that it replaces and the day of shipping where they are named', () => {
    for (const ordered of [terms(), full]) expect(both(ordered, policy()).terms).toEqual(ordered);
  });

  it('must have every other field, and no more', () => {
    for (const name of Object.keys(terms())) {
      const { [name]: _gone, ...left } = { ...full } as Record<string, unknown>;
      expect(() => both(left, policy()), name).toThrow(RecordFault);
    }
    expect(() => both({ ...full, more: 1 }, policy())).toThrow(RecordFault);
  });
});

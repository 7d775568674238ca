import type { PolicyDocument } from '../edge/policy-form.ts';
import { table } from './output.ts';

/** One place at which two policies differ; a side that does not have it has no field. */
export interface Difference {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Where two policies differ, in the order of the first. Rows of a table are held together by their names. */
export function differences(from: PolicyDocument, to: PolicyDocument): Difference[] {
  const [old, now] = [leavesOf(from), leavesOf(to)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const isSame = old.has(path) && now.has(path) && JSON.stringify(old.get(path)) === JSON.stringify(now.get(path));
    return isSame ? [] : [{ path, ...(old.has(path) && { from: old.get(path) }), ...(now.has(path) && { to: now.get(path) }) }];
  });
}

function leavesOf(value: unknown, path = ''): ReadonlyMap<string, unknown> {
  const parts = partsOf(value, path);
  return parts ? new Map(parts.flatMap(([name, part]) => [...leavesOf(part, name)])) : new Map([[path, value]]);
}

/** What a value consists of, each part by its path; undefined where it stands for itself, as a list of texts does. */
function partsOf(value: unknown, path: string): (readonly [string, unknown])[] | undefined {
  if (Array.isArray(value)) {
    const named = value.map(nameOf);
    return named.length > 0 && named.every((name) => name !== undefined) ? value.map((row: unknown, index) => [`${path}[${named[index]}]`, row]) : undefined;
  }
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([key, part]) => [path === '' ? key : `${path}.${key}`, part]) : undefined;
}

function nameOf(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  if ('name' in row) return String(row.name);
  return 'code' in row ? String(row.code) : undefined;
}

/** What differs, readable at 80 columns. */
export const differencesTable = (from: string, to: string, changes: readonly Difference[]): string =>
  table(
    ['where', from, to],
    changes.map((one) => [one.path, told(one, 'from'), told(one, 'to')]),
    [30, 23, 23],
  );

/** Nothing where the policy does not have it. */
function told(one: Difference, side: 'from' | 'to'): string {
  const value = one[side];
  if (!(side in one)) return '';
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') || 'none' : JSON.stringify(value);
}

import canonicalize from 'canonicalize';

/** What a record is made of: of numbers integers alone, so that every language reads and writes them alike. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Lists and objects within each other; none of a record's own needs more than six. */
const deepest = 32;
const nameForm = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a value may not stand in a record, as part of a sentence; undefined where all may. */
export function faultIn(value: unknown, depth = 0): string | undefined {
  if (depth > deepest) return `more than ${deepest} lists and objects within each other`;
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'a text with half a character';
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? undefined : 'a number that is no integer within 2^53';
  if (value === null || typeof value === 'boolean') return undefined;
  if (Array.isArray(value)) return first(value, (one: unknown) => faultIn(one, depth + 1));
  if (!isObject(value)) return `a ${typeof value}`;
  return first(Object.keys(value), (name) =>
    nameForm.test(name) ? faultIn(value[name], depth + 1) : `the name ${JSON.stringify(name.slice(0, 64))}, which is not of letters and digits`,
  );
}

function first<T>(values: readonly T[], fault: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = fault(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `depth` says in how many lists and objects the value stands. */
export const isJson = (value: unknown, depth = 0): value is Json => faultIn(value, depth) === undefined;
export const isJsonObject = (value: unknown): value is JsonObject => isObject(value) && isJson(value);

/** A value of the program as JSON of a record; fields that are undefined are left out. Throws a `TypeError` where it cannot stand in one. */
export function toJson(value: unknown): Json {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  if (isJson(copy)) return copy;
  throw new TypeError(`a record cannot hold ${faultIn(copy)}`);
}

/** As `toJson`, of what must be an object. */
export function toJsonObject(value: unknown): JsonObject {
  const json = toJson(value);
  if (isJsonObject(json)) return json;
  throw new TypeError('a record holds an object here, and this is none');
}

/** The one text of a value: RFC 8785. */
export function canonicalText(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this is no JSON');
  return text;
}

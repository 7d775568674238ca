import { noRecord, tampered } from './fault.ts';
import { fieldFault, recordSchema, type UnjudgedRecord } from './fields.ts';
import { formats, limits } from './format.ts';
import { canonicalText, faultIn, isJson, isJsonObject, isObject, type Json } from './json.ts';

/** The text of a file. Throws `RecordFault` where it is empty, too large or no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length === 0) throw noRecord('empty', 'the file is empty; expected a record');
  requireSize(bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw noRecord('not-utf8', 'the file is not UTF-8 text; expected a record');
  }
}

/** Refuses a file by its size in bytes, before it is read. */
export function requireSize(bytes: number): void {
  if (bytes > limits.fileBytes) throw noRecord('too-large', `the file has ${bytes} bytes; a record has at most ${limits.fileBytes}`);
}

/** Reads the form of a record. Throws `RecordFault`; a value that no record can hold is told with its entry where it stands in one. */
export function readRecordFile(text: string): UnjudgedRecord {
  const value = parse(text);
  if (!isObject(value) || value['format'] !== formats.record)
    throw noRecord(
      'format-unknown',
      `the file is of ${isObject(value) ? JSON.stringify(value['format'] ?? null).slice(0, 80) : 'no format'}; expected "${formats.record}"`,
    );
  const record = requireFields(value);
  const entries = record.entries.map(allowed);
  const { entries: _entries, ...rest } = value;
  if (!isJsonObject(rest)) throw noRecord('value-not-allowed', `the file holds ${faultIn(rest)}`);
  requireCanonical(text, { ...rest, entries });
  return record;
}

function allowed(entry: unknown, index: number): Json {
  if (isJson(entry, 2)) return entry;
  throw tampered('entry-malformed', `entry ${index} holds ${faultIn(entry, 2)}`, { index });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noRecord('not-json', 'the file is not JSON; expected a record');
  }
}

/** One text for one content: names sorted and not doubled, numbers and texts written in one way. Space between tokens does not matter. */
function requireCanonical(text: string, value: Json): void {
  const expected = canonicalText(value);
  const found = text.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, '$1');
  if (expected === found) return;
  let at = 0;
  while (expected[at] === found[at]) at += 1;
  throw noRecord(
    'not-canonical',
    `the file is not in canonical form (a name doubled or out of order, or a value written otherwise): after ${at} characters it reads ${JSON.stringify(found.slice(at, at + 40))}; expected ${JSON.stringify(expected.slice(at, at + 40))}`,
  );
}

/** The first thing about the fields of a file that is not as it must be. */
function requireFields(value: unknown): UnjudgedRecord {
  const read = recordSchema.safeParse(value);
  if (read.success) return read.data;
  throw noRecord('field-invalid', fieldFault(value, read.error.issues[0]));
}

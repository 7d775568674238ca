import { readFileSync, statSync } from 'node:fs';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, visit } from 'yaml';
import type { z } from 'zod';
import { DocumentError, type Fault, type Issue, issuesOf, pathOf, type Place } from './faults.ts';

/** No order, policy or scenario that a person wrote comes near this. */
export const maximumBytes = 524_288;
const maximumAliases = 50;
const beginning: Place = { line: 1, column: 1 };

/** A YAML or JSON file of one document that was read: what it says, and where it says it. */
export interface WrittenDocument {
  readonly file: string;
  readonly value: unknown;
  /** A fault with its place in the file; of something that is missing, the place of what lacks it. */
  fault(issue: Issue): Fault;
}

/** Reads a YAML or JSON file of one document; a faulty one is a `DocumentError` with line and column. */
export const readDocument = (file: string): WrittenDocument => parseDocumentText(file, readText(file));

function readText(file: string): string {
  const fault = (message: string, cause?: unknown, place?: Place): DocumentError => new DocumentError(file, [{ path: '', message, ...place }], { cause });
  try {
    const { size } = statSync(file);
    if (size > maximumBytes) throw fault(`${size} bytes, accepted are at most ${maximumBytes}`, undefined, beginning);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw fault('no such file', error);
    if (code === 'EISDIR') throw fault('a folder, expected a file', error);
    if (code === 'EACCES') throw fault('may not be read by this user', error);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw fault('not UTF-8, expected YAML or JSON as UTF-8 text', error, beginning);
    throw error;
  }
}

/** Reads YAML or JSON text; `file` names it in faults. */
export function parseDocumentText(file: string, text: string): WrittenDocument {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const fault = (message: string, place: Place): DocumentError => new DocumentError(file, [{ path: '', message, ...place }]);
  // The library compares every key with every other; `duplicateKeys` needs one pass.
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: false, lineCounter: lines });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (!document) throw fault('empty, expected one YAML or JSON document', beginning);
  if (second) throw fault('more than one document, expected one; several orders go into one list', placeAt(second.range[0]));
  const faults = [...document.errors, ...document.warnings].map((one): Fault => ({ path: '', message: one.message, ...placeAt(one.pos[0]) }));
  const twice = faults.length > 0 ? [] : duplicateKeys(document, placeAt);
  if (faults.length + twice.length > 0) throw new DocumentError(file, [...faults, ...twice]);
  return { file, value: valueOf(document, fault, placeAt), fault: (issue) => placed(document, issue, placeAt) };
}

function valueOf(document: Document.Parsed, fault: (message: string, place: Place) => DocumentError, placeAt: (offset: number) => Place): unknown {
  try {
    return document.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    const message = error instanceof ReferenceError ? `aliases stand for more than is reasonable (${error.message})` : String(error);
    throw fault(`${message}; expected at most ${maximumAliases} uses of an anchor, or none`, placeAt(firstAlias(document)));
  }
}

function firstAlias(document: Document.Parsed): number {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function duplicateKeys(document: Document.Parsed, placeAt: (offset: number) => Place): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) faults.push({ path: name, message: 'given twice, expected once', ...placeAt(key.range?.[0] ?? 0) });
        seen.add(name);
      }
    },
  });
  return faults;
}

/** Follows the path as far as the file has it. */
function placed(document: Document.Parsed, issue: Issue, placeAt: (offset: number) => Place): Fault {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of issue.path.entries()) {
    const part = partOf(isAlias(node) ? node.resolve(document) : node, step);
    if (!part) break;
    const isKeyMeant = depth === issue.path.length - 1 && (issue.isKey === true || startOf(part.value) === undefined);
    node = isKeyMeant ? part.key : part.value;
    offset = startOf(node) ?? startOf(part.key) ?? offset;
  }
  return { path: pathOf(issue.path), message: issue.message, ...placeAt(offset) };
}

function partOf(node: unknown, step: PropertyKey): { readonly key: unknown; readonly value: unknown } | undefined {
  if (isSeq(node)) return step in node.items ? { key: undefined, value: node.items[Number(step)] } : undefined;
  return isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step)) : undefined;
}

const startOf = (node: unknown): number | undefined => (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? rangeOf(node) : undefined);
const rangeOf = (node: Node): number | undefined => node.range?.[0];

/** Reads what a document says by its schema; every fault is told with its path and place. */
export function understand<T>(document: WrittenDocument, schema: z.ZodType<T>): T {
  const read = schema.safeParse(document.value);
  if (read.success) return read.data;
  throw new DocumentError(
    document.file,
    issuesOf(read.error).map((issue) => document.fault(issue)),
  );
}

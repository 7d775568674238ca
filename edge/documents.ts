import { readFileSync, statSync } from 'node:fs';
import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { z } from 'zod';
import { DocumentError, type Fault, faultsOfError } from './faults.ts';

/** No order, policy or scenario that a person wrote comes near this. */
export const maximumBytes = 1_048_576;
const maximumAliases = 50;

/** Reads a YAML or JSON file of one document; a faulty one is a `DocumentError` with line and column. */
export function readDocument(file: string): unknown {
  return parseDocumentText(file, readText(file));
}

function readText(file: string): string {
  const fault = (message: string, cause?: unknown): DocumentError => new DocumentError(file, [{ path: '', message }], { cause });
  try {
    const { size } = statSync(file);
    if (size > maximumBytes) throw fault(`${size} bytes, accepted are at most ${maximumBytes}`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw fault('no such file', error);
    if (code === 'EISDIR') throw fault('a folder, expected a file', error);
    if (code === 'EACCES') throw fault('may not be read by this user', error);
    throw error;
  }
}

/** Reads YAML or JSON text; `file` names it in faults. */
export function parseDocumentText(file: string, text: string): unknown {
  const lines = new LineCounter();
  // The library compares every key with every other; `duplicateKeys` needs one pass.
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: true, lineCounter: lines });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (!document) throw new DocumentError(file, [{ path: '', message: 'empty, expected one YAML or JSON document' }]);
  if (second) throw new DocumentError(file, [{ path: '', message: 'more than one document, expected one; several orders go into one list' }]);
  const faults = [...document.errors, ...document.warnings].map((fault): Fault => ({ path: '', message: fault.message }));
  const twice = faults.length > 0 ? [] : duplicateKeys(document, lines);
  if (faults.length + twice.length > 0) throw new DocumentError(file, [...faults, ...twice]);
  try {
    return document.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    throw new DocumentError(file, [{ path: '', message: error instanceof Error ? error.message : String(error) }], { cause: error });
  }
}

function duplicateKeys(document: Document.Parsed, lines: LineCounter): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const { line, col } = lines.linePos(key.range?.[0] ?? 0);
        if (seen.has(name)) faults.push({ path: name, message: `given twice, again at line ${line}, column ${col}; expected once` });
        seen.add(name);
      }
    },
  });
  return faults;
}

/** Reads what a document says by its schema; every fault is told with its path. */
export function understand<T>(file: string, schema: z.ZodType<T>, document: unknown): T {
  const read = schema.safeParse(document);
  if (read.success) return read.data;
  throw new DocumentError(file, faultsOfError(read.error));
}

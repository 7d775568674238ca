import { readFileSync, statSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { DocumentError, type Fault, faultsOfError } from './faults.ts';

/** No order, policy or scenario that a person wrote comes near this. */
export const maximumBytes = 1_048_576;
const maximumAliases = 50;

/** Reads a YAML or JSON file of one document; a faulty one is a `DocumentError` with line and column. */
export function readDocument(file: string): unknown {
  const size = sizeOf(file);
  if (size > maximumBytes) throw new DocumentError(file, [{ path: '', message: `${size} bytes, accepted are at most ${maximumBytes}` }]);
  return parseDocumentText(file, readFileSync(file, 'utf8'));
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new DocumentError(file, [{ path: '', message: 'no such file' }]);
    throw error;
  }
}

export function parseDocumentText(file: string, text: string): unknown {
  const documents = parseAllDocuments(text, { uniqueKeys: true, prettyErrors: true });
  const [document, second] = 'empty' in documents ? [] : documents;
  if (!document) throw new DocumentError(file, [{ path: '', message: 'empty, expected one YAML or JSON document' }]);
  if (second) throw new DocumentError(file, [{ path: '', message: 'more than one document, expected one; several orders go into one list' }]);
  const faults = [...document.errors, ...document.warnings].map((fault): Fault => ({ path: '', message: fault.message }));
  if (faults.length > 0) throw new DocumentError(file, faults);
  try {
    return document.toJS({ maxAliasCount: maximumAliases });
  } catch (error) {
    throw new DocumentError(file, [{ path: '', message: error instanceof Error ? error.message : String(error) }]);
  }
}

/** Reads what a document says by its schema; every fault is told with its path. */
export function understand<T>(file: string, schema: z.ZodType<T>, document: unknown): T {
  const read = schema.safeParse(document);
  if (read.success) return read.data;
  throw new DocumentError(file, faultsOfError(read.error));
}

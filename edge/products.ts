import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ProductSpec } from '../domain/product.ts';
import { products } from '../domain/terms.ts';
import { readDocument, understand, type WrittenDocument } from './documents.ts';
import { DocumentError, type Issue, knownFields } from './faults.ts';
import { policyName, sentence } from './policy-parts.ts';

const file = fileURLToPath(new URL('../policies/products.yaml', import.meta.url));

const figure = z.union([z.int().min(0), z.literal('unknown')], { error: 'expected a whole number, or unknown' });

const tableForm = knownFields({
  sources: z.record(policyName, sentence),
  products: z.array(
    knownFields({
      code: z.enum(products),
      maker: sentence,
      tpp: figure,
      bandwidth: figure,
      memoryGb: figure,
      certainty: z.enum(['verified', 'derived', 'memory', 'conflict']),
      sources: z.array(policyName).min(1),
    }),
  ),
});

/** What is known of a product, and who says so. */
export interface SourcedProduct extends ProductSpec {
  /** In words. */
  readonly sources: readonly string[];
}

let table: ReadonlyMap<string, SourcedProduct> | undefined;

/** The products of this release by their codes. */
export const productTable = (): ReadonlyMap<string, SourcedProduct> => (table ??= readProducts(readDocument(file)));

/** Reads a table of products by their codes. Throws `DocumentError` with every fault and its place. */
export function readProducts(document: WrittenDocument): ReadonlyMap<string, SourcedProduct> {
  const { sources, products: rows } = understand(document, tableForm);
  const issues = rows.flatMap((row, index): Issue[] => [
    ...row.sources.flatMap((name, at) =>
      Object.hasOwn(sources, name)
        ? []
        : [{ path: ['products', index, 'sources', at], message: `no source ${name} in this file, expected one of ${Object.keys(sources).join(', ')}` }],
    ),
    ...(rows.findIndex(({ code }) => code === row.code) < index
      ? [{ path: ['products', index, 'code'], message: `${row.code} stands in this table before, expected each product once` }]
      : []),
  ]);
  if (issues.length > 0)
    throw new DocumentError(
      document.file,
      issues.map((issue) => document.fault(issue)),
    );
  return new Map(rows.map((row) => [row.code, { ...row, sources: row.sources.flatMap((name) => sources[name] ?? []) }]));
}

/** What an order for a product pins of it; undefined where nothing is known under this code. */
export function findProduct(code: string): ProductSpec | undefined {
  const found = productTable().get(code);
  if (!found) return undefined;
  const { sources: _told, ...spec } = found;
  return spec;
}

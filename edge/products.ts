import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ProductSpec } from '../domain/product.ts';
import { products } from '../domain/terms.ts';
import { readDocument, understand } from './documents.ts';
import { knownFields } from './faults.ts';
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
export const productTable = (): ReadonlyMap<string, SourcedProduct> => (table ??= readProducts());

function readProducts(): ReadonlyMap<string, SourcedProduct> {
  const { sources, products: rows } = understand(readDocument(file), tableForm);
  return new Map(rows.map((row) => [row.code, { ...row, sources: row.sources.map((name) => sources[name] ?? unknownSource(row.code, name)) }]));
}

function unknownSource(code: string, name: string): never {
  throw new Error(`policies/products.yaml: ${code} names the source ${name}, which the file does not tell`);
}

/** What an order for a product pins of it; undefined where nothing is known under this code. */
export function findProduct(code: string): ProductSpec | undefined {
  const found = productTable().get(code);
  if (!found) return undefined;
  const { sources: _told, ...spec } = found;
  return spec;
}

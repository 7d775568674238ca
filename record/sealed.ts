import { chainSchema } from './fields.ts';
import type { Chain } from './format.ts';
import { isJsonObject } from './json.ts';
import { verifyChain } from './verify-chain.ts';

/** A sealed record that is not what was sealed. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The record that the ledger kept as `chainText` wrote it. Throws `SealBroken`, or `RecordFault` at an entry that is not what it must be. */
export function readSealed(text: string): Chain {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SealBroken('the sealed record is not JSON any more', { cause: error });
  }
  const read = chainSchema.safeParse(value);
  if (!read.success || !isJsonObject(value)) throw new SealBroken('the sealed record has not the form of a record any more');
  return verifyChain(read.data);
}

import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../workflows/messages.ts';

const alreadyExists = 6;

/** Registers the search attributes that a server does not have yet. Safe to repeat. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const names = await missingSearchAttributes(connection, namespace);
  const missing = Object.values(searchAttributes).filter((key) => names.includes(key.name));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((key) => [key.name, typeOf(key)])),
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || Number(error.code) !== alreadyExists) throw error;
  }
}

function typeOf(key: (typeof searchAttributes)[keyof typeof searchAttributes]) {
  const type = encodeSearchAttributeIndexedValueType(key.type);
  if (type === undefined) throw new Error(`search attribute ${key.name} has type ${key.type}, which Temporal does not know`);
  return type;
}

/** Names of the search attributes that a server lacks. */
export async function missingSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.values(searchAttributes)
    .map((key) => key.name)
    .filter((name) => !Object.hasOwn(customAttributes ?? {}, name));
}

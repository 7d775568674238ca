import { type Client, type Connection, isGrpcServiceError } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributes } from '../workflows/messages.ts';

const alreadyExists = 6;

/** Registers the search attributes that a server does not have yet. Safe to repeat. */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchAttributes).filter((key) => !Object.hasOwn(customAttributes ?? {}, key.name));
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
export async function missingSearchAttributes(client: Client): Promise<string[]> {
  const { keys } = await client.workflowService.getSearchAttributes({});
  return Object.values(searchAttributes)
    .map((key) => key.name)
    .filter((name) => !Object.hasOwn(keys ?? {}, name));
}

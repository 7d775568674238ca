import { expect } from 'vitest';
import type { Fault } from '../../record/fault.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';

/** The fault that both verifiers find in a text; fails where they do not agree, where one is content, or where a message is no sentence. */
export async function faultOf(text: string, root?: string): Promise<Fault & { readonly verdict: string }> {
  const verdict = await verifyRecord(text, root === undefined ? {} : { root });
  const alone = verifyAlone(text, root);
  if (!('fault' in verdict)) throw new Error(`the record is ${verdict.verdict}`);
  const { code, index } = verdict.fault;
  expect(alone).toMatchObject({ verdict: verdict.verdict, code, index });
  expect(verdict.fault.message).toMatch(/^[^\n]{10,600}$/);
  expect(verdict.fault.message).not.toMatch(/^\s+at /m);
  return { ...verdict.fault, verdict: verdict.verdict };
}

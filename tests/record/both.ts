import { expect } from 'vitest';
import type { Fault } from '../../record/fault.ts';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';

type Found = Fault & { readonly verdict: string };

/** The fault that both verifiers find in a text; fails where they do not agree, where one is content, or where a message is no sentence. */
export async function faultOf(text: string, root?: string): Promise<Found> {
  const found = await faultByTwokey(text, root);
  expect(verifyAlone(text, root)).toMatchObject({ verdict: found.verdict, code: found.code, index: found.index });
  return found;
}

/** The fault that `twokey record verify` finds, of a kind that the stand-alone verifier leaves to it. */
export async function faultByTwokey(text: string, root?: string): Promise<Found> {
  const verdict = await verifyRecord(text, root === undefined ? {} : { root });
  if (!('fault' in verdict)) throw new Error(`the record is ${verdict.verdict}`);
  expect(verdict.fault.message).toMatch(/^[^\n]{10,600}$/);
  expect(verdict.fault.message).not.toMatch(/^\s+at /m);
  return { ...verdict.fault, verdict: verdict.verdict };
}

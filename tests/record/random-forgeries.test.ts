import { describe, expect, it } from 'vitest';
import { verifyRecord } from '../../record/verify.ts';
import { verifyRecord as verifyAlone } from '../../verifier/verify-record.mjs';
import { Forger } from './desk-forger.ts';
import { forge } from './random-forgeries.ts';
import { shortRoles, shortStory } from './signed-records.ts';
import { makeSigners } from './signed-story.ts';
import { diceOf } from './tampering.ts';

const forgeries = 1_000;

describe('1,000 records that the desk made up from its own, chained anew and signed with its key', () => {
  it('are all found by both verifiers at the same entry', { timeout: 600_000 }, async () => {
    const dice = diceOf('forgeries');
    const signers = await makeSigners(shortRoles);
    const forger = new Forger(await (await shortStory(signers)).record(), signers);
    expect(await verifyRecord(await forger.sealed(forger.record), { root: signers.rootId })).toMatchObject({ verdict: 'proven' });
    const wrong: unknown[] = [];
    const codes = new Set<string>();
    for (let number = 0; number < forgeries; number += 1) {
      const forged = forge(forger, number, dice);
      const text = await forger.sealed(forged);
      const [verdict, alone] = [await verifyRecord(text, { root: signers.rootId }), verifyAlone(text, signers.rootId)];
      const isFound = 'fault' in verdict && verdict.verdict === 'tampered' && verdict.fault.index === forged.index;
      if (!isFound || alone.verdict !== 'tampered' || alone.index !== forged.index) wrong.push({ number, index: forged.index, verdict, alone });
      if ('fault' in verdict) codes.add(verdict.fault.code);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'act-differs',
        'already-taken',
        'envelope-malformed',
        'envelope-missing',
        'not-yet-valid',
        'signature-invalid',
        'signature-missing',
      ]),
    );
  });
});

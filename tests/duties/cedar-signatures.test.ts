import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';
import { saidByCode } from './by-real-keys.ts';
import { faultsOf } from './cedar-engine.ts';
import { scenesBy, signaturePolicies } from './cedar-signatures.ts';
import { anyScene } from './signing-scenes.ts';
import { frequencies, repeated, seed, tell } from './tell.ts';

const scenes = 5_000;

const handOf = ({ person, role, inPlaceOf }: Signatory): string => `${person} as ${role}${inPlaceOf === undefined ? '' : ` for ${inPlaceOf}`}`;
const behind = (signed: Signed | undefined): string | undefined =>
  signed && [signed.by, ...(signed.confirmedBy ? [signed.confirmedBy] : [])].map(handOf).join(', confirmed by ');

describe('Cedar with delegation and signatures as policies', () => {
  it('finds nothing wrong with them by their schema', () => {
    expect(faultsOf(signaturePolicies)).toEqual([]);
  });

  it(`takes the acts that the code takes, signed by real keys, and finds the same people behind them (${repeated})`, async () => {
    const began = performance.now();
    const saidByCedar = scenesBy();
    const answers = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyScene, async (scene) => {
        const [code, cedar] = [await saidByCode(scene), saidByCedar(scene)];
        answers.set(code.says, (answers.get(code.says) ?? 0) + 1);
        // Why a signature does not count is one word in Cedar.
        expect(cedar.says, code.says).toBe(code.signed ? code.says : 'no');
        if (code.says === 'yes') expect(behind(cedar.signed)).toBe(behind(code.signed));
      }),
      { seed, numRuns: scenes },
    );
    tell(`Cedar and the code agree on ${scenes} signed acts (${frequencies(answers)}), seed ${seed}`, began);
    const seldom = ['yes', 'duty-conflict', 'same-person', 'delegation-invalid', 'role-differs', 'signer-differs', 'second-missing', 'second-refused'];
    const keys = ['key-not-yet', 'key-expired', 'key-revoked'];
    expect([...seldom, ...keys].filter((code) => (answers.get(code) ?? 0) < scenes / 1_000)).toEqual([]);
  }, 300_000);
});

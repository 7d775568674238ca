import { describe, expect, it } from 'vitest';
import { decide } from '../../domain/order.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { openKeyring } from '../../domain/signing/read-keyring.ts';
import type { Delegation } from '../../domain/signing/delegation.ts';
import type { Primitives } from '../../domain/signing/primitives.ts';
import { readSignedAct, readSignedChange } from '../../domain/signing/signed-act.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { signDelegation } from '../../trust/sign-act.ts';
import { sandboxPrimitives } from '../../workflows/primitives.ts';
import { bound, claimsOf, now, signedBy, signerOf, trusted } from './sample.ts';

const platforms: readonly (readonly [string, Primitives])[] = [
  ['Node', nodePrimitives],
  ['the workflow sandbox', sandboxPrimitives],
];

describe.each(platforms)('by the primitives of %s, a signed act', (_platform, primitives) => {
  it('is taken with who signed it', async () => {
    const envelope = await signedBy(claimsOf('cancel', 'seller.desk', { reason: 'withdrawn' }), 'seller-desk');
    const act = readSignedAct('cancel', envelope, bound(), { keyring: trusted.keyring, at: now, primitives });
    if (isRefusal(act)) throw new Error(act.message);
    expect(act).toMatchObject({
      by: 'seller.desk',
      reason: 'withdrawn',
      signed: { kind: 'authenticated', by: { person: 'demo.seller-desk', role: 'seller.desk' } },
    });
    const events = decide(bound().order, { type: 'act', act }, now);
    expect(events).toMatchObject([{ type: 'order-ended', signed: { kind: 'authenticated' } }]);
  });

  it('of an authority is recorded by the desk on evidence, and a second person confirms', async () => {
    const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-2026-17', decidedAt: now - 86_400_000 };
    const claims = claimsOf('register', 'us.commerce', { applicationNumber: 'Z1' }, { signer: 'demo.seller-desk', evidence });
    const act = readSignedAct('register', await signedBy(claims, 'seller-desk', 'compliance-second'), bound(), {
      keyring: trusted.keyring,
      at: now,
      primitives,
    });
    expect(act).toMatchObject({ by: 'us.commerce', signed: { kind: 'recorded', evidence, confirmedBy: { person: 'demo.compliance-second' } } });
  });

  it('is signed by a deputy in the place of who delegated it', async () => {
    const delegation: Delegation = {
      ...({ format: 'twokey-delegation/1', role: 'us.commerce', from: 'demo.us-commerce', to: 'demo.carrier' } as const),
      ...{ orders: ['A-1'], acts: ['register'], begins: now - 1_000, ends: now + 1_000 },
    };
    const delegations = [await signDelegation(delegation, signerOf('us-commerce'))];
    const claims = claimsOf('register', 'us.commerce', { applicationNumber: 'Z1' }, { signer: 'demo.carrier', delegations });
    const act = readSignedAct('register', await signedBy(claims, 'carrier'), bound(), { keyring: trusted.keyring, at: now, primitives });
    expect(act).toMatchObject({ signed: { by: { person: 'demo.carrier', role: 'us.commerce', inPlaceOf: 'demo.us-commerce' } } });
  });

  it('of the policy board is signed by two of its people', async () => {
    const claims = claimsOf('hold', 'policy.admin', { hold: 'P-7', reason: 'review' }, { epoch: 4 });
    const change = readSignedChange(await signedBy(claims, 'policy-admin', 'policy-admin-2'), bound(), { keyring: trusted.keyring, at: now, primitives });
    expect(change).toMatchObject({ id: 'P-7', effect: 'hold', epoch: 4, signed: { confirmedBy: { person: 'demo.policy-admin-2' } } });
  });

  it('is judged by the keyring that the root key signed', () => {
    expect(openKeyring(trusted.jws, trusted.root.publicKey, primitives)).toEqual(trusted.keyring);
    expect(openKeyring(trusted.jws, trusted.keyring.keys[0]?.publicKey ?? '', primitives)).toMatchObject({ refused: 'keyring-refused' });
  });
});

import type { Claims } from '../../domain/signing/claims.ts';
import type { Envelope } from '../../domain/signing/envelope.ts';
import type { Keyring } from '../../domain/signing/keyring.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { proven } from '../../domain/signing/signatories.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { confirmEnvelope, signClaims, signDelegation } from '../../trust/sign-act.ts';
import type { Signed } from '../../domain/signing/signed.ts';
import type { Signer } from '../../trust/signer.ts';
import { makeThrowAwayKeyring, signerWith, type ThrowAwayPerson } from '../../trust/throw-away.ts';
import { type Judge, theJudge } from './judge.ts';
import { actorsOf } from './pictures.ts';
import { now, order, type Scene } from './signing-scenes.ts';

const { people } = await makeThrowAwayKeyring({ from: 0 });
const digest = 'ab'.repeat(32);

function personWith(key: number): ThrowAwayPerson {
  const person = people[key];
  if (!person) throw new Error(`there is no key ${key}`);
  return person;
}

/** What is said of a scene: `yes`, or the code of the refusal; and who stands behind it, where the signatures count. */
interface Said {
  readonly says: string;
  readonly signed?: Signed;
}

/** What the code says of a scene whose people sign with real keys: first whether the signatures count, then the rule of duties. */
export async function saidByCode(scene: Scene, judge: Judge = theJudge): Promise<Said> {
  const found = proven(await envelopeOf(scene), { keyring: keyringOf(scene), at: now, primitives: nodePrimitives });
  if (isRefusal(found)) return { says: found.refused };
  return { says: judge.dutyFault(actorsOf(scene.prior, judge), found.signed)?.refused ?? 'yes', signed: found.signed };
}

const keyringOf = ({ keys }: Scene): Keyring => ({
  ...{ version: 1, sequence: 1, issuedAt: now },
  keys: keys.map(({ holder, role, from, until, revokedAt }, index) => {
    const { keyId: id, publicKey } = personWith(index).key;
    return { id, role, holder, publicKey, from, until, revoked: revokedAt === null ? null : { at: revokedAt, reason: 'lost' } };
  }),
});

async function envelopeOf({ act, role, isRecorded, signer, first, second, delegations }: Scene): Promise<Envelope> {
  const signerOf = (key: number): Signer => signerWith(personWith(key));
  const given = await Promise.all(
    delegations.map(async ({ key, ...delegation }) => await signDelegation({ format: 'twokey-delegation/1', ...delegation }, signerOf(key))),
  );
  const claims: Claims = {
    ...{ format: 'twokey-act/1', act, order, genesis: digest, subject: digest, role, signer },
    ...{ epoch: 0, nonce: 'nonce-of-a-scene', issued: now - 1_000, expires: now + 3_600_000, fields: {} },
    ...(isRecorded && { evidence: { document: digest, issuerNumber: 'BIS-2026-17', decidedAt: now - 2_000 } }),
    ...(given.length > 0 && { delegations: given }),
  };
  const envelope = await signClaims(claims, signerOf(first));
  return second === undefined ? envelope : await confirmEnvelope(envelope, signerOf(second));
}

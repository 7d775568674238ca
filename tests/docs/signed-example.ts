import { createPrivateKey, sign } from 'node:crypto';
import { isRefusal } from '../../domain/refusal.ts';
import { claimsFor } from '../../domain/signing/claims-for.ts';
import type { Keyring } from '../../domain/signing/keyring.ts';
import { genesisOf, readSignedAct } from '../../domain/signing/signed-act.ts';
import { subjectOf } from '../../domain/signing/subjects.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { keyIdOf, publicKeyOf } from '../../trust/public-key.ts';
import { signClaims } from '../../trust/sign-act.ts';
import type { Signer } from '../../trust/signer.ts';
import { day, dayZero, rehearsal } from '../support/orders.ts';

/** The private key of test 2 in RFC 8032, section 7.1: known to everybody, so that everybody gets the same bytes. */
const secret = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
const privateKey = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex'), format: 'der', type: 'pkcs8' });
const at = dayZero + day;

const canonicalText = (value: unknown): string => nodePrimitives.canonicalText(value);
const digest = (value: unknown): string => nodePrimitives.digestOf(canonicalText(value));
const block = (...lines: readonly string[]): string => `\`\`\`text\n${lines.join('\n')}\n\`\`\``;

/** The example of docs/signed-acts.md: Commerce registers an application, with every text on the way. The act is taken. */
export async function signedExample(): Promise<string> {
  const { order } = rehearsal({ id: 'EX-1' }).submitted();
  const signer: Signer = {
    keyId: await keyIdOf(publicKeyOf(privateKey)),
    holder: 'jane.doe',
    sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, privateKey))),
  };
  const intended = {
    act: 'register',
    role: 'us.commerce',
    signer: signer.holder,
    nonce: 'registration-1',
    fields: { applicationNumber: 'Z100001' },
    at,
    lifetimeMs: day,
  } as const;
  const claims = claimsFor(order, intended, nodePrimitives);
  const envelope = await signClaims(claims, signer);
  const [signature] = envelope.signatures;
  const entry = {
    id: signer.keyId,
    role: 'us.commerce',
    holder: signer.holder,
    publicKey: publicKeyOf(privateKey),
    from: dayZero,
    until: null,
    revoked: null,
  } as const;
  const keyring: Keyring = { version: 1, sequence: 1, issuedAt: dayZero, keys: [entry] };
  const genesis = genesisOf(order, nodePrimitives);
  const act = readSignedAct('register', envelope, { order, genesis }, { keyring, at, primitives: nodePrimitives });
  if (isRefusal(act)) throw new Error(`the example is refused: ${act.message}`);
  const facts = subjectOf(order, 'register');
  const begin = { format: 'twokey-record/1 genesis', order: order.terms.id, policy: digest(order.policy), terms: digest(order.terms) };
  return [
    'The key is that of test 2 in RFC 8032, section 7.1. Commerce registers the application of order EX-1, a day after the beginning of the',
    'article. `canonical(terms)` and `canonical(policy)`:',
    '',
    block(canonicalText(order.terms), canonicalText(order.policy)),
    '',
    'The genesis is the digest of',
    '',
    block(canonicalText(begin)),
    block(genesis),
    '',
    'The application was filed, so these are the facts, and their digest:',
    '',
    block(canonicalText(facts), claims.subject),
    '',
    '`canonical(claims)`, the text of `protected`, and what is signed:',
    '',
    block(canonicalText(claims)),
    block(Buffer.from(signature?.protected ?? '', 'base64url').toString()),
    block(`${signature?.protected}.${envelope.payload}`),
    '',
    'The envelope:',
    '',
    block(JSON.stringify(envelope)),
  ].join('\n');
}

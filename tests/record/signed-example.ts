import { sign } from 'node:crypto';
import type { KeyRole } from '../../domain/signing/key-roles.ts';
import type { Keyring } from '../../domain/signing/keyring.ts';
import { inclusionOf, signCheckpoint, treeHead } from '../../record/checkpoint.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import { sealOf } from '../../record/leaf.ts';
import { Company } from '../../trust/company.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { jwkOf } from '../../trust/public-key.ts';
import { signDelegation } from '../../trust/sign-act.ts';
import type { Signer } from '../../trust/signer.ts';
import { keyOf } from '../signing/cast.ts';
import { day, dayZero } from '../support/orders.ts';
import { exportedAt } from './records.ts';
import { SignedStory, type Signers } from './signed-story.ts';

/** Who signs in examples/signed-order.record. Their keys are made from their names, so everybody has them, and gets the same bytes. */
const places: readonly (readonly [role: KeyRole, holder: string])[] = [
  ['seller.desk', 'joe'],
  ['compliance.second', 'mary'],
  ['us.commerce', 'jane.doe'],
  ['us.state', 'sam'],
  ['policy.admin', 'ada'],
  ['policy.admin', 'bob'],
  ['auditor', 'kim'],
];

async function exampleSigners(): Promise<Signers> {
  const root = await keyOf('root of the example');
  const from = dayZero - 30 * day;
  const people = await Promise.all(places.map(async ([role, holder]) => ({ role, holder, key: await keyOf(`${holder} of the example`) })));
  const entries = people.map(({ role, holder, key }) => ({ id: key.keyId, role, holder, publicKey: key.publicKey, from, until: null, revoked: null }));
  const keyring: Keyring = { version: 1, sequence: 1, issuedAt: from, keys: entries };
  const signed = (one: Keyring): Promise<string> => signKeyring(one, root.privateKey, root.keyId);
  const signer = (role: KeyRole, isNot?: string): Signer => {
    const person = people.find((one) => one.role === role && one.holder !== isNot);
    if (!person) throw new Error(`nobody signs as ${role}`);
    const { holder, key } = person;
    return { keyId: key.keyId, holder, sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, key.privateKey))) };
  };
  const keyringJws = await signed(keyring);
  const company = new Company({ root: root.publicKey, keyringJws, signer: (role, { isNot }) => Promise.resolve(signer(role, isNot)) });
  const vouching = { signer: signer('seller.desk'), keyring: keyringJws, root: jwkOf(root.publicKey) };
  return { company, rootId: root.keyId, keyring, vouching, deputy: signer('auditor'), signer, signed };
}

/** The record of an order of signed acts that the desk cancels after its license, and the fingerprint of its root key. */
export async function signedExample(): Promise<{ readonly text: string; readonly root: string }> {
  const signers = await exampleSigners();
  const told = await SignedStory.submitted(signers, { terms: { id: 'EX-2' } });
  const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-17', decidedAt: dayZero };
  told.story.after(day);
  await told.acts('us.commerce', 'register', { applicationNumber: 'Z100001' }, { evidence });
  const term = { orders: ['EX-2'], acts: ['refer'], begins: dayZero, ends: dayZero + 7 * day } as const;
  const delegation = await signDelegation(
    { format: 'twokey-delegation/1', role: 'us.commerce', from: 'jane.doe', to: 'kim', ...term },
    signers.signer('us.commerce'),
  );
  await told.acts('us.commerce', 'refer', {}, { deputy: signers.deputy, delegations: [delegation] });
  told.story.after(day);
  await told.changes('hold', 1);
  told.story.after(day);
  await told.changes('lift', 2);
  await told.acts('us.state', 'recommend', { position: 'approve-with-conditions', conditions: ['no transfer'] });
  told.story.after(40 * day);
  await told.acts('us.commerce', 'issue-license', { licenseNumber: 'D1', conditions: ['no transfer'] });
  await told.acts('seller.desk', 'cancel', { reason: 'the customer withdrew' });
  const seals = [{ order: 'EX-1', hash: '0'.repeat(64), count: 1 }, sealOf(told.chain)];
  const tree = treeHead(seals, exportedAt - 60_000);
  const inclusion = inclusionOf('EX-2', seals, tree, await signCheckpoint(tree, signers.vouching.signer));
  return { text: recordText(await exportRecord(told.chain, { exportedAt, state: 'closed' }, signers.vouching, inclusion ?? null)), root: signers.rootId };
}

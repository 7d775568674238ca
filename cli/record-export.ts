import { findHome } from '../engine/home.ts';
import { exportRecord, recordText, type Vouching } from '../record/export.ts';
import { canonicalText, toJson } from '../record/json.ts';
import type { VouchingRole } from '../record/statement.ts';
import { openSigner, readKeyStore } from '../trust/key-store.ts';
import type { Keyring } from '../trust/keyring.ts';
import { usage } from './failure.ts';
import { writeFile } from './files.ts';
import type { Output } from './output.ts';
import { askPassphrase } from './passphrase.ts';
import { readStatementFile } from './record-known.ts';
import { sourceOf } from './record-source.ts';

/** Writes the record of an order as a file or on stdout. */
export async function exportOrder(
  order: string,
  options: { readonly out?: string; readonly unsigned?: boolean; readonly as: VouchingRole; readonly checkpoint?: string },
  out: Output,
): Promise<void> {
  if (options.unsigned === true && options.checkpoint !== undefined) throw usage('--unsigned: nobody vouches for a proof; give it without --checkpoint');
  const kept = options.checkpoint === undefined ? undefined : readStatementFile(options.checkpoint);
  const opened = options.unsigned === true ? undefined : await openVouching(options.as);
  const { chain, state, inclusion } = await sourceOf(order, opened?.keyring, kept);
  const file = await exportRecord(chain, { exportedAt: Date.now(), state }, opened?.vouching ?? null, inclusion);
  if (options.out === undefined) {
    process.stdout.write(out.json ? `${canonicalText(toJson(file))}\n` : recordText(file));
    return;
  }
  writeFile(options.out, recordText(file));
  const signedBy = opened?.vouching.signer.keyId ?? null;
  out.result({ order, file: options.out, state, count: file.head.count, hash: file.head.hash, signedBy, inclusion: inclusion !== null });
  out.say(
    `${order} (${state}, ${file.head.count} entries) written to ${options.out}`,
    signedBy === null ? 'unsigned: nobody vouches for where it ends' : `signed with key ${signedBy}${inclusion ? ', with a proof of its sealing' : ''}`,
  );
}

/** A key that signs, with the keyring and root that vouch for it. Throws `TrustError`. */
export async function openVouching(role: VouchingRole): Promise<{ readonly vouching: Vouching; readonly keyring: Keyring }> {
  const home = findHome();
  const { keyring, keyringJws, root } = await readKeyStore(home);
  const signer = await openSigner(home, role, () => askPassphrase(`the key of ${role}`));
  return { keyring, vouching: { signer, keyring: keyringJws, root } };
}

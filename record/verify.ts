import { readKeyring } from '../trust/keyring.ts';
import type { Keyring } from '../trust/keyring.ts';
import type { KeyRole } from '../domain/signing/key-roles.ts';
import { keyIdOf } from '../trust/public-key.ts';
import { TrustError } from '../trust/trust-error.ts';
import { endOf } from './chain.ts';
import { readCheckpoint } from './checkpoint.ts';
import { type Fault, RecordFault, tampered } from './fault.ts';
import type { RecordFile, RootKey } from './format.ts';
import { countFault, headFault, headStatement } from './head.ts';
import { leafOf, sealOf } from './leaf.ts';
import { canonicalText } from './json.ts';
import { rootByInclusion } from './merkle.ts';
import { readRecordFile } from './read-file.ts';
import { readStatement, requireValid } from './statement.ts';
import { verifyChain } from './verify-chain.ts';

/** Who vouches for the end of a record. */
interface Voucher {
  readonly keyId: string;
  readonly holder: string;
  readonly role: KeyRole;
  /** Thumbprint of the root key that vouches for the keyring (RFC 7638). */
  readonly root: string;
  /** Whether the caller named that root; else it is the file's own word. */
  readonly isRootNamed: boolean;
}

/** That the record stood in the ledger: as the how-manyth of how many sealed ones, and when that was signed (epoch milliseconds). */
interface ProvenInclusion {
  readonly position: number;
  readonly size: number;
  readonly at: number;
}

/**
 * What a file turned out to be. `unsigned`: every entry follows from the one before, and nobody vouches for where the record
 * ends, or that it was not written anew as a whole.
 */
export type Verdict =
  | { readonly verdict: 'proven'; readonly record: RecordFile; readonly voucher: Voucher; readonly inclusion: ProvenInclusion | null }
  | { readonly verdict: 'unsigned'; readonly record: RecordFile }
  | { readonly verdict: 'tampered' | 'not-a-record'; readonly fault: Fault };

/** Judges the text of a record, of itself and without asking anyone. `root` is the fingerprint that its root key must have. */
export async function verifyRecord(text: string, { root }: { readonly root?: string } = {}): Promise<Verdict> {
  try {
    const file = readRecordFile(text);
    const record: RecordFile = { ...file, ...verifyChain(file) };
    const vouched = await verifyVoucher(record, root);
    if (record.head.count !== record.entries.length) throw countFault(record.head.count, record.entries.length);
    if (record.head.hash !== endOf(record))
      throw tampered('head-differs', 'the head is not that of these entries', { expected: endOf(record), found: record.head.hash });
    return vouched ? { verdict: 'proven', record, ...vouched } : { verdict: 'unsigned', record };
  } catch (error) {
    if (error instanceof RecordFault) return { verdict: error.verdict, fault: error.fault };
    throw error;
  }
}

async function verifyVoucher(record: RecordFile, root: string | undefined): Promise<{ voucher: Voucher; inclusion: ProvenInclusion | null } | undefined> {
  const { signature, keyring: jws, root: key, head, inclusion } = record;
  if (signature === null || jws === null || key === null) {
    if (root === undefined) return undefined;
    throw tampered('unsigned', 'the record is not signed, so the root key that was asked for does not vouch for it', { expected: root, found: 'no signature' });
  }
  const fingerprint = await keyIdOf(key.x);
  if (root !== undefined && root !== fingerprint)
    throw tampered('root-differs', 'another root key vouches for this record than the one asked for', { expected: root, found: fingerprint });
  const keyring = await trusted(jws, key);
  const signed = readStatement(signature, 'twokey-record-head', keyring);
  const stated = headStatement(record, head, inclusion);
  if (signed.text !== canonicalText(stated)) throw headFault(signed.content, stated);
  requireValid(keyring, signed.key, head.exportedAt);
  const { id, holder, role } = signed.key;
  return { voucher: { keyId: id, holder, role, root: fingerprint, isRootNamed: root !== undefined }, inclusion: verifyInclusion(record, keyring) };
}

async function trusted(jws: string, root: RootKey): Promise<Keyring> {
  try {
    return await readKeyring(jws, root);
  } catch (error) {
    if (error instanceof TrustError) throw tampered('keyring-invalid', error.message);
    throw error;
  }
}

function verifyInclusion({ inclusion, ...record }: RecordFile, keyring: Keyring): ProvenInclusion | null {
  if (!inclusion) return null;
  const { key, size, root, at } = readCheckpoint(inclusion.checkpoint, keyring);
  requireValid(keyring, key, at);
  const leaf = leafOf(sealOf(record));
  if (rootByInclusion(leaf, inclusion.position, size, inclusion.path) !== root)
    throw tampered('inclusion-invalid', 'the proof does not lead from this record to the checkpoint', { expected: root });
  return { position: inclusion.position, size, at };
}

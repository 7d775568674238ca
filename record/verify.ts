import { readKeyring } from '../trust/keyring.ts';
import type { Keyring } from '../trust/keyring.ts';
import type { KeyRole } from '../domain/signing/key-roles.ts';
import { keyIdOf } from '../trust/public-key.ts';
import { TrustError } from '../trust/trust-error.ts';
import { type Acts, judgeActs } from './acts.ts';
import { endOf } from './chain.ts';
import { readCheckpoint } from './checkpoint.ts';
import { type Fault, RecordFault, tampered } from './fault.ts';
import { fieldFault, inclusionSchema, type UnjudgedRecord } from './fields.ts';
import type { Chain, Inclusion, RecordFile, RootKey } from './format.ts';
import { countFault, headFault, headStatement } from './head.ts';
import { leafOf, sealOf } from './leaf.ts';
import { canonicalText } from './json.ts';
import { type KeptProof, proofOfKept } from './kept-checkpoint.ts';
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
  /** By which keyring the record was judged, and whether the caller gave it. */
  readonly keyring: { readonly sequence: number; readonly isGiven: boolean };
}

/** That the record stood in the ledger: as the how-manyth of how many sealed ones, and when that was signed (epoch milliseconds). */
interface ProvenInclusion {
  readonly position: number;
  readonly size: number;
  readonly at: number;
}

/** A record that was not tampered with, and somebody vouches for. */
interface Vouched {
  readonly record: RecordFile;
  readonly voucher: Voucher;
  readonly inclusion: ProvenInclusion | null;
  /** By the checkpoint that the caller had kept; null where none was given. */
  readonly kept: KeptProof | null;
  readonly acts: Acts;
}

/**
 * What a file turned out to be. `revoked-since`: proven, but a key behind an act was revoked later as of a moment before it. `unsigned`: every
 * entry follows from the one before, and nobody vouches for where the record ends, or that it was not written anew as a whole.
 */
export type Verdict =
  | ({ readonly verdict: 'proven' | 'revoked-since' } & Vouched)
  | { readonly verdict: 'unsigned'; readonly record: RecordFile; readonly acts: Acts }
  | { readonly verdict: 'tampered' | 'not-a-record'; readonly fault: Fault };

/** What a caller knows of a record beside the file. */
export interface Known {
  /** The fingerprint that its root key must have. */
  readonly root?: string;
  /** A keyring by the same root, as new as the file's own or newer: a compact JWS. */
  readonly keyring?: string;
  /** A checkpoint that was signed earlier: a compact JWS. */
  readonly checkpoint?: string;
}

/**
 * Judges the text of a record, of itself and without asking anyone. Throws `TrustError` for a keyring, `CheckpointInvalid` for a checkpoint
 * that cannot be used, and `ProofMissing`.
 */
export async function verifyRecord(text: string, known: Known = {}): Promise<Verdict> {
  try {
    const file = readRecordFile(text);
    const chain = verifyChain(file);
    const vouched = await verifyVoucher({ ...file, ...chain }, known);
    if (file.head.count !== chain.entries.length) throw countFault(file.head.count, chain.entries.length);
    if (file.head.hash !== endOf(chain))
      throw tampered('head-differs', 'the head is not that of these entries', { expected: endOf(chain), found: file.head.hash });
    const proof = inclusionIn(file);
    const record: RecordFile = { ...file, ...chain, inclusion: proof };
    if (!vouched) return { verdict: 'unsigned', record, acts: judgeActs(chain, file.head, undefined) };
    const { voucher, keyring } = vouched;
    const inclusion = verifyInclusion(chain, proof, keyring);
    const acts = judgeActs(chain, file.head, keyring);
    const kept = known.checkpoint === undefined ? null : proofOfKept(known.checkpoint, proof, keyring);
    const isDoubted = acts.kind === 'signed' && acts.decisions.some(({ revokedSince }) => revokedSince !== null);
    return { verdict: isDoubted ? 'revoked-since' : 'proven', record, voucher, inclusion, kept, acts };
  } catch (error) {
    if (error instanceof RecordFault) return { verdict: error.verdict, fault: error.fault };
    throw error;
  }
}

async function verifyVoucher(record: UnjudgedRecord & Chain, known: Known): Promise<{ readonly voucher: Voucher; readonly keyring: Keyring } | undefined> {
  const { signature, keyring: jws, root: key, head, inclusion } = record;
  if (signature === null || jws === null || key === null) {
    const expected = known.root ?? known.keyring ?? known.checkpoint;
    if (expected === undefined) return undefined;
    throw tampered('unsigned', 'the record is not signed, so nobody vouches for it by the keys that were asked for', { expected, found: 'no signature' });
  }
  const fingerprint = await keyIdOf(key.x);
  if (known.root !== undefined && known.root !== fingerprint)
    throw tampered('root-differs', 'another root key vouches for this record than the one asked for', { expected: known.root, found: fingerprint });
  const own = await trusted(jws, key);
  const keyring = known.keyring === undefined ? own : await given(known.keyring, key, own);
  const signed = readStatement(signature, 'twokey-record-head', keyring);
  const stated = headStatement(record, head, inclusion);
  requireValid(keyring, signed.key, head.exportedAt);
  if (signed.text !== canonicalText(stated)) throw headFault(signed.content, stated);
  const { id: keyId, holder, role } = signed.key;
  const judgedBy = { sequence: keyring.sequence, isGiven: known.keyring !== undefined };
  return { voucher: { keyId, holder, role, root: fingerprint, isRootNamed: known.root !== undefined, keyring: judgedBy }, keyring };
}

async function trusted(jws: string, root: RootKey): Promise<Keyring> {
  try {
    return await readKeyring(jws, root);
  } catch (error) {
    if (error instanceof TrustError) throw tampered('keyring-invalid', error.message);
    throw error;
  }
}

/** A keyring that the caller has, which must not be older than the record's own. */
async function given(jws: string, root: RootKey, own: Keyring): Promise<Keyring> {
  try {
    return await readKeyring(jws, root, own.sequence);
  } catch (error) {
    if (!(error instanceof TrustError) || error.code !== 'keyring-signature') throw error;
    throw tampered('root-differs', 'another root key vouches for this record than for the keyring that was given');
  }
}

function inclusionIn({ inclusion }: UnjudgedRecord): Inclusion | null {
  if (!inclusion) return null;
  const read = inclusionSchema.safeParse(inclusion);
  if (read.success) return read.data;
  throw tampered('inclusion-invalid', `the proof of inclusion is none: ${fieldFault(inclusion, read.error.issues[0])}`);
}

function verifyInclusion(chain: Chain, inclusion: Inclusion | null, keyring: Keyring): ProvenInclusion | null {
  if (!inclusion) return null;
  const { key, size, root, at } = readCheckpoint(inclusion.checkpoint, keyring);
  requireValid(keyring, key, at);
  const leaf = leafOf(sealOf(chain));
  if (rootByInclusion(leaf, inclusion.position, size, inclusion.path) !== root)
    throw tampered('inclusion-invalid', 'the proof does not lead from this record to the checkpoint', { expected: root });
  return { position: inclusion.position, size, at };
}

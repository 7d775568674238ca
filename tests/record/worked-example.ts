import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { entryHash, genesisOf } from '../../record/chain.ts';
import { inclusionOf, signCheckpoint, treeHead } from '../../record/checkpoint.ts';
import { digestOf } from '../../record/digest.ts';
import { exportRecord, recordText } from '../../record/export.ts';
import { type Chain, type Entry, formats } from '../../record/format.ts';
import { headStatement } from '../../record/head.ts';
import { canonicalText, toJson } from '../../record/json.ts';
import { leafOf, sealOf } from '../../record/leaf.ts';
import type { Signer } from '../../trust/signer.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { jwkOf, keyIdOf, publicKeyOf } from '../../trust/public-key.ts';

/** The private keys of tests 1 and 2 in RFC 8032, section 7.1: known to everybody, so that everybody gets the same bytes. */
const rootSecret = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const deskSecret = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
const keyOf = (hex: string): KeyObject => createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${hex}`, 'hex'), format: 'der', type: 'pkcs8' });

const at = Date.UTC(2025, 11, 22);
const terms = { id: 'EX-1', product: 'H200', units: 500 };
const policy = { id: 'example', opinionMs: 2_592_000_000 };
const events = [
  { type: 'order-submitted', by: 'seller.desk', at },
  { type: 'order-ended', outcome: 'cancelled', reason: 'the customer\u2019s order was a test', by: 'seller.desk', at: at + 60_000 },
];

/** The example of docs/record-format.md: each text that its reader must come to, by name. */
export async function workedExample(): Promise<Readonly<Record<string, string>>> {
  const start = { order: 'EX-1', terms, policy };
  const entries: Entry[] = [];
  for (const [sequence, event] of events.entries()) {
    const entry = { sequence, at: event.at, event, previous: entries.at(-1)?.hash ?? genesisOf(start) };
    entries.push({ ...entry, hash: entryHash('EX-1', entry) });
  }
  const chain: Chain = { format: formats.record, ...start, entries };
  const [root, desk] = [keyOf(rootSecret), keyOf(deskSecret)];
  const [rootId, deskId] = [await keyIdOf(publicKeyOf(root)), await keyIdOf(publicKeyOf(desk))];
  const signer: Signer = { keyId: deskId, holder: 'p.desk', sign: (bytes) => Promise.resolve(Uint8Array.from(sign(null, bytes, desk))) };
  const key = { id: deskId, role: 'seller.desk', holder: 'p.desk', publicKey: publicKeyOf(desk), from: at, until: null, revoked: null } as const;
  const keyring = await signKeyring({ version: 1, sequence: 1, issuedAt: at, keys: [key] }, root, rootId);
  const seals = [{ order: 'EX-0', hash: '0'.repeat(64), count: 1 }, sealOf(chain)];
  const tree = treeHead(seals, at + 120_000);
  const checkpoint = await signCheckpoint(tree, signer);
  const inclusion = inclusionOf('EX-1', seals, tree, checkpoint) ?? null;
  const exported = { exportedAt: at + 180_000, state: 'closed' } as const;
  const file = await exportRecord(chain, exported, { signer, keyring, root: jwkOf(publicKeyOf(root)) }, inclusion);
  return {
    termsText: canonicalText(terms),
    termsDigest: digestOf(terms),
    policyDigest: digestOf(policy),
    genesisText: canonicalText({ format: 'twokey-record/1 genesis', order: 'EX-1', policy: digestOf(policy), terms: digestOf(terms) }),
    genesis: genesisOf(start),
    ...Object.fromEntries(
      entries.flatMap(({ hash, ...rest }) => [
        [`entry${rest.sequence}Text`, canonicalText({ format: formats.entry, order: 'EX-1', ...rest })],
        [`entry${rest.sequence}Hash`, hash],
      ]),
    ),
    rootId,
    deskId,
    keyring,
    inclusionDigest: digestOf(toJson(inclusion)),
    leafText: canonicalText({ ...sealOf(chain) }),
    leaf: leafOf(sealOf(chain)),
    sibling: leafOf({ order: 'EX-0', hash: '0'.repeat(64), count: 1 }),
    treeRoot: tree.root,
    headText: canonicalText(headStatement(chain, file.head, inclusion)),
    signature: file.signature ?? '',
    file: recordText(file),
  };
}

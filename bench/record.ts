import { generateKeyPairSync, sign } from 'node:crypto';
import { chainOf } from '../record/chain.ts';
import { exportRecord, recordText } from '../record/export.ts';
import { verifyRecord } from '../record/verify.ts';
import { signKeyring } from '../trust/keyring.ts';
import { jwkOf, keyIdOf, publicKeyOf } from '../trust/public-key.ts';
import type { OrderEvent } from '../domain/events.ts';
import { dayZero as start, policy, terms } from '../tests/support/orders.ts';

/** How long it takes to verify a signed record of 100,000 entries, signatures and form of the file included; the median of five. */
const count = 100_000;
const rounds = 5;
/** An act of a person with its content, as most entries of a long record are. */
const eventOf = (_: unknown, index: number): OrderEvent => ({
  type: 'position-given',
  at: start + index * 1_000,
  by: 'us.state',
  agency: 'us.state',
  position: { state: 'given', position: 'approve-with-conditions', conditions: [`condition ${index}`] },
  act: { id: `act-${index}`, content: `{"by":"us.state","conditions":["condition ${index}"],"name":"recommend","position":"approve-with-conditions"}` },
});

const [root, key] = [generateKeyPairSync('ed25519').privateKey, generateKeyPairSync('ed25519').privateKey];
const [rootId, keyId] = [await keyIdOf(publicKeyOf(root)), await keyIdOf(publicKeyOf(key))];
const entry = { id: keyId, role: 'seller.desk', holder: 'bench', publicKey: publicKeyOf(key), from: start, until: null, revoked: null } as const;
const vouching = {
  signer: { keyId, holder: 'bench', sign: async (bytes: Uint8Array) => await Promise.resolve(Uint8Array.from(sign(null, bytes, key))) },
  keyring: await signKeyring({ version: 1, sequence: 1, issuedAt: start, keys: [entry] }, root, rootId),
  root: jwkOf(publicKeyOf(root)),
};
const chain = chainOf({ terms: terms(), policy: policy() }, Array.from({ length: count }, eventOf));
const text = recordText(await exportRecord(chain, { exportedAt: start, state: 'open' }, vouching));

const found: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const began = performance.now();
  const { verdict } = await verifyRecord(text, { root: rootId });
  if (verdict !== 'proven') throw new Error(`the record is ${verdict}, expected proven`);
  found.push(Math.round(performance.now() - began));
  process.stdout.write(`round ${round} of ${rounds}: ${found.at(-1)} ms for ${count} entries, ${text.length} characters\n`);
}
found.sort((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ bench: 'record', record100kMs: found[Math.floor(rounds / 2)], slowest: found.at(-1), fastest: found[0] })}\n`);

import { ed25519 } from '@noble/curves/ed25519.js';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import type { KeyringEntry } from '../../../domain/signing/keyring.ts';
import { keyIdOf } from '../../../trust/public-key.ts';
import { decoded, encoded, groupOrder, smallEncodings, smallPoints, unreduced } from '../points.ts';
import { bad, type BadEnvelope, base64url, type Forge, type Named, resigned } from './forge.ts';

const invalid = 'signature-invalid';
const withS = (good: Envelope, change: (s: bigint) => bigint): Envelope =>
  resigned(good, (bytes) => Buffer.concat([bytes.subarray(0, 32), encoded(change(decoded(bytes.subarray(32))))]));
const withR = (good: Envelope, r: Uint8Array | ((bytes: Buffer) => Uint8Array)): Envelope =>
  resigned(good, (bytes) => Buffer.concat([r instanceof Uint8Array ? r : r(bytes), bytes.subarray(32)]));

/** Signatures whose numbers and points are at an edge of their form or past it. */
export function edgeSignatures(forge: Forge): BadEnvelope[] {
  const good = forge.stateSigned();
  return [
    ...bad(
      'S plus the order of the group',
      invalid,
      times(14).map((n): Named => [`${n} times`, withS(good, (s) => s + BigInt(n) * groupOrder)]),
    ),
    ...bad(
      'S with bits that no S has',
      invalid,
      times(7).map((bits): Named => [`bits ${bits}`, withS(good, (s) => s + (BigInt(bits) << 253n))]),
    ),
    ...bad(
      'S at an edge',
      invalid,
      edges.map(([name, value]): Named => [name, withS(good, () => value)]),
    ),
    ...bad(
      'R that is not written in its one form',
      invalid,
      unreduced.map(([name, r]): Named => [name, withR(good, r)]),
    ),
    ...bad(
      'R of small order',
      invalid,
      smallEncodings.flatMap(([name, r]): Named[] => [
        [name, withR(good, r)],
        [`${name}, S of zero`, withS(withR(good, r), () => 0n)],
      ]),
    ),
    ...bad(
      'R moved by a point of small order',
      invalid,
      times(7).map((n): Named => [`${n} times`, withR(good, (bytes) => moved(bytes, n))]),
    ),
    ...bad(
      'a signature of one byte again and again',
      invalid,
      [0x00, 0x01, 0x7f, 0x80, 0xff].map((byte): Named => [`${byte}`, resigned(good, () => Buffer.alloc(64, byte))]),
    ),
    ...bad('R or S of nothing', invalid, [
      ['R of zero bytes', withR(good, new Uint8Array(32))],
      ['S of zero', withS(good, () => 0n)],
    ]),
    ...smallKeys(forge),
  ];
}

const times = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);
const edges: readonly (readonly [string, bigint])[] = [
  ['1', 1n],
  ['the order less 1', groupOrder - 1n],
  ['the order', groupOrder],
  ['the order plus 1', groupOrder + 1n],
  ['2^252', 2n ** 252n],
  ['2^253 - 1', 2n ** 253n - 1n],
  ['2^255', 2n ** 255n],
  ['2^256 - 1', 2n ** 256n - 1n],
];

const moved = (bytes: Buffer, by: number): Uint8Array =>
  ed25519.Point.fromBytes(Uint8Array.from(bytes.subarray(0, 32)))
    .add(smallPoints[by] ?? ed25519.Point.ZERO)
    .toBytes();

/** Keys that no keyring takes, in State's name: what if one stood in it all the same. */
export async function unsoundEntries(at: number): Promise<KeyringEntry[]> {
  return await Promise.all(
    smallEncodings.map(async ([, bytes], index): Promise<KeyringEntry> => {
      const publicKey = base64url(bytes);
      return { id: await keyIdOf(publicKey), role: 'us.state', holder: `unsound-${index}`, publicKey, from: at - 86_400_000, until: null, revoked: null };
    }),
  );
}

/** Anybody can sign for a key of small order: with S of zero, some R of small order fits in one message of eight, or in each. */
function smallKeys(forge: Forge): BadEnvelope[] {
  const entries = forge.setting.cast.keyring.keys.filter(({ holder }) => holder.startsWith('unsound-'));
  return entries.flatMap(({ id, holder }, index) => {
    const payload = forge.payload(forge.denial({ signer: holder }));
    const head = base64url(forge.header({ keyId: id }));
    const cases = smallPoints.map((r, n): Named => {
      const signature = base64url(Buffer.concat([r.toBytes(), new Uint8Array(32)]));
      return [`key ${smallEncodings[index]?.[0]}, R ${n} times the point of order 8`, { payload, signatures: [{ protected: head, signature }] }];
    });
    return bad('a key of small order', invalid, cases);
  });
}

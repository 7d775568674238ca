import { describe, expect, it } from 'vitest';
import { canonical } from './bad/forge.ts';
import type { Primitives } from '../../domain/signing/primitives.ts';
import { nodePrimitives } from '../../trust/primitives.ts';
import { badEnvelopes } from './bad-envelopes.ts';
import { makeCast } from './cast.ts';
import { corpus, fileOf, firstSpecimens, keepFound, textOfKept } from './fuzz/corpus.ts';
import { Dice } from './fuzz/dice.ts';
import { fuzz } from './fuzz/fuzz.ts';
import { isEnvelope, partsOf } from './fuzz/mutate.ts';
import { Readers } from './fuzz/readers.ts';
import type { Specimen } from './fuzz/specimen.ts';
import { type Parts, partsIn, Workshop } from './fuzz/workshop.ts';
import { playScene } from './play-scene.ts';

const seconds = Number(process.env['TWOKEY_FUZZ_SECONDS'] ?? 10);
const seed = Number(process.env['TWOKEY_SEED'] ?? Date.now() % 1_000_000_000);

const now = Date.parse('2026-01-21T15:00:00Z');
const setting = await playScene(await makeCast(now), now);
const first = await firstSpecimens(setting);
const kept = corpus();
const workshop = new Workshop(setting.cast);
const readers = new Readers(setting, workshop);
for (const { specimen } of Object.values(first)) for (const parts of signedIn(specimen)) workshop.learn(parts);

describe('the corpus', () => {
  it.each(Object.entries(first))('%s is fresh: vitest --update writes it anew', async (name, specimen) => {
    await expect(await textOfKept(specimen)).toMatchFileSnapshot(fileOf(name));
  });

  it.each(kept)('%s comes to what it says', async (_name, { code, specimen }) => {
    const reading = await readers.read(specimen);
    expect(reading.fault).toBeUndefined();
    if (code !== null) expect(reading.code).toBe(code);
  });
});

it(
  `nothing that is changed makes a reader fail, differ, lie or take long: ${seconds} s, TWOKEY_SEED=${seed}`,
  async () => {
    process.stderr.write(`fuzzing what reads signed things for ${seconds} s with TWOKEY_SEED=${seed}\n`);
    const found = await fuzz(await seedsOf(), readers, workshop, new Dice(seed), { afterMs: seconds * 1_000 });
    const { tried, answers, sorts, slowestMs, failures } = found;
    const counts = [...answers].map(([answer, count]) => `${answer.padEnd(36)}${String(count).padStart(9)}`).toSorted();
    process.stderr.write(`${tried} specimens, ${answers.size} answers in ${sorts} sorts, the slowest in ${Math.round(slowestMs)} ms\n${counts.join('\n')}\n`);
    for (const { specimen, fault } of failures) process.stderr.write(`${await keepFound(specimen, fault.split('\n')[0] ?? '')}: ${fault}\n`);
    expect(failures.map(({ fault }) => fault)).toEqual([]);
    expect(slowestMs).toBeLessThan(3_000);
    const codes = new Set([...answers.keys()].filter((answer) => answer.startsWith('act')));
    expect(codes.size).toBeGreaterThanOrEqual(8);
  },
  (seconds + 60) * 1_000,
);

const broken: readonly (readonly [string, Partial<Primitives>])[] = [
  ['takes every signature', { isSignatureOf: () => true }],
  ['forgives base64', { bytesOf: (text) => Buffer.from(text, 'base64url') }],
  ['forgives bytes that are no text', { textOf: (bytes) => Buffer.from(bytes).toString() }],
  ['cannot make canonical text of much', { canonicalText: (value) => (JSON.stringify(value).includes('\\u') ? fail() : nodePrimitives.canonicalText(value)) }],
];

it.each(broken)('somebody who %s is told from who does not', async (_name, changes) => {
  expect(await firstFailure(nodePrimitives, { ...nodePrimitives, ...changes })).toHaveLength(1);
});

it('two who take every signature are found by the witness', async () => {
  const credulous: Primitives = { ...nodePrimitives, isSignatureOf: () => true };
  expect(await firstFailure(credulous, credulous)).toEqual([expect.stringContaining('a signature that nobody made')]);
});

/** What is wrong with these readers, once it is found. */
async function firstFailure(...platforms: readonly [Primitives, Primitives]): Promise<string[]> {
  const { failures } = await fuzz(await seedsOf(), new Readers(setting, workshop, platforms), workshop, new Dice(7), { afterMs: 20_000, failures: 1 });
  return failures.map(({ fault }) => fault);
}

function fail(): never {
  throw new Error('no text can be made of it');
}

/** The outer form of a record file; what it says of an order is for tests/record. */
const record = {
  ...{ format: 'twokey-record/1', order: 'A-1', terms: { id: 'A-1' }, policy: { id: 'P' } },
  entries: [{ sequence: 0, at: 0, event: { type: 'order-submitted', at: 0 }, previous: 'ab'.repeat(32), hash: 'cd'.repeat(32) }],
  head: { count: 1, hash: 'cd'.repeat(32), exportedAt: 1, state: 'open' },
  ...{ inclusion: null, signature: null, keyring: null, root: null },
};

/** What is kept, two bad envelopes of each class, and a record. */
async function seedsOf(): Promise<Specimen[]> {
  const bad = (await badEnvelopes(setting)).filter(({ jsonOnly, envelope }) => jsonOnly === undefined && JSON.stringify(envelope).length < 20_000);
  const some = bad.filter((one, at) => bad[at - 2]?.class !== one.class);
  return [
    ...kept.map(([, { specimen }]) => specimen),
    ...some.map(({ update, envelope }): Specimen => ({ kind: 'act', update, envelope })),
    { kind: 'record', text: canonical(record) },
    { kind: 'keyring', jws: setting.cast.jws },
  ];
}

/** All that is signed in a good specimen; a delegation that it carries too. */
function signedIn(specimen: Specimen): Parts[] {
  if ('jws' in specimen) return [partsIn(specimen.jws) ?? []].filter((parts) => parts.length === 3);
  if (!('envelope' in specimen) || !isEnvelope(specimen.envelope)) return [];
  const parts = partsOf(specimen.envelope);
  return parts.flatMap((one) => [one, ...delegationsIn(one)]);
}

function delegationsIn([, payload]: Parts): Parts[] {
  const text = Buffer.from(payload, 'base64url').toString();
  return [...text.matchAll(/"([\w-]+)\.([\w-]+)\.([\w-]+)"/g)].map(([, header = '', content = '', signature = '']) => [header, content, signature]);
}

import type { OrderEvent } from '../domain/events.ts';
import { type Command, openOrder, take } from '../domain/order.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { proven } from '../domain/signing/signatories.ts';
import { genesisOf, readSignedAct } from '../domain/signing/signed-act.ts';
import type { Envelope } from '../domain/signing/envelope.ts';
import { chainOf } from '../record/chain.ts';
import { exportRecord, recordText } from '../record/export.ts';
import type { Chain } from '../record/format.ts';
import { verifyRecord } from '../record/verify.ts';
import { Company } from '../trust/company.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { jwkOf } from '../trust/public-key.ts';
import { makeThrowAwayKeyring, peopleOf, signerWith } from '../trust/throw-away.ts';
import { verifyRecord as verifyAlone } from '../verifier/verify-record.mjs';
import { dayZero as start, policy, terms } from '../tests/support/orders.ts';

/**
 * How long it takes to verify a record of 100,000 entries whose end is signed, the form of the file included: of acts that nobody signed, and of
 * signed acts, a third of whose entries hold an envelope; the latter by the stand-alone verifier, too. The median of three.
 */
const count = 100_000;
const rounds = 3;
const made = await makeThrowAwayKeyring({ from: start });
const company = new Company(peopleOf(made));
const desk = made.people.find(({ role }) => role === 'seller.desk');
if (!desk) throw new Error('the company has no desk');
const vouching = { signer: signerWith(desk), keyring: made.jws, root: jwkOf(made.root.publicKey) };

/** Acts of people with their content, as most entries of a long record are. */
function unsignedChain(): Chain {
  const eventOf = (_: unknown, index: number): OrderEvent => ({
    type: 'position-given',
    at: start + index * 1_000,
    by: 'us.state',
    agency: 'us.state',
    position: { state: 'given', position: 'approve-with-conditions', conditions: [`condition ${index}`] },
    act: { id: `act-${index}`, content: `{"by":"us.state","conditions":["condition ${index}"],"name":"recommend","position":"approve-with-conditions"}` },
  });
  return chainOf({ terms: terms(), policy: policy() }, Array.from({ length: count }, eventOf));
}

/** A step that fails again and again, and is tried anew by a signed act each time: the longest life that the rules allow. */
async function signedChain(): Promise<Chain> {
  let order = openOrder(terms(), policy(), {});
  const genesis = genesisOf(order, nodePrimitives);
  const [events, envelopes]: [OrderEvent[], Map<OrderEvent, Envelope>] = [[], new Map()];
  const tell = (command: Command, at: number, envelope?: Envelope): void => {
    const taken = orThrow(take(order, command, at));
    const [first] = taken.events;
    if (envelope && first) envelopes.set(first, envelope);
    events.push(...taken.events);
    order = { ...taken.order, acts: {} };
  };
  const submission = await company.sign(order, { act: 'submit', role: 'seller.desk', fields: {}, nonce: 'submission', at: start });
  tell({ type: 'submitted', signed: orThrow(proven(submission, { keyring: made.keyring, at: start, primitives: nodePrimitives })).signed }, start, submission);
  for (let number = 0; ; number += 1) {
    const at = start + number * 1_000;
    tell({ type: 'step-started', step: 'screen-parties' }, at);
    tell({ type: 'step-failed', step: 'screen-parties', wish: 0, reason: 'the list does not answer' }, at);
    if (events.length >= count) return chainOf(order, events.slice(0, count), envelopes);
    const said = { act: 'retry-step', role: 'seller.desk', fields: { step: 'screen-parties' }, nonce: `retrial-${number}`, at } as const;
    const envelope = await company.sign(order, said);
    const act = orThrow(readSignedAct('retry-step', envelope, { order, genesis }, { keyring: made.keyring, at, primitives: nodePrimitives }));
    tell({ type: 'act', act }, at, envelope);
  }
}

function orThrow<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(`${answer.refused}: ${answer.message}`);
  return answer;
}

/** Median, slowest and fastest of verifying a text, in milliseconds by the clock on the wall, and the processor time of the median round. */
async function measured(what: string, text: string, verify: () => Promise<string> | string): Promise<Readonly<Record<string, number | undefined>>> {
  const found: { readonly ms: number; readonly cpuMs: number }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const [began, spent] = [performance.now(), process.cpuUsage()];
    const verdict = await verify();
    if (verdict !== 'proven') throw new Error(`the record is ${verdict}, expected proven`);
    const { user, system } = process.cpuUsage(spent);
    const [ms, cpuMs] = [Math.round(performance.now() - began), Math.round((user + system) / 1_000)];
    found.push({ ms, cpuMs });
    process.stdout.write(
      `${what}, round ${round} of ${rounds}: ${ms} ms (${cpuMs} ms of the processor) for ${count} entries, ${Buffer.byteLength(text)} bytes\n`,
    );
  }
  found.sort((one, other) => one.ms - other.ms);
  const median = found[Math.floor(rounds / 2)];
  return { medianMs: median?.ms, medianCpuMs: median?.cpuMs, slowestMs: found.at(-1)?.ms, fastestMs: found[0]?.ms, bytes: Buffer.byteLength(text) };
}

const known = { root: made.root.keyId };
const textOf = async (chain: Chain): Promise<string> => recordText(await exportRecord(chain, { exportedAt: start, state: 'open' }, vouching));
const unsigned = await textOf(unsignedChain());
const record100k = await measured('unsigned acts', unsigned, async () => (await verifyRecord(unsigned, known)).verdict);
const signed = await textOf(await signedChain());
const signed100k = await measured('signed acts', signed, async () => (await verifyRecord(signed, known)).verdict);
const alone100k = await measured('signed acts, stand-alone', signed, () => verifyAlone(signed, known.root).verdict);
process.stdout.write(
  `${JSON.stringify({ bench: 'record', record100kMs: record100k['medianMs'], unsigned: record100k, signed: signed100k, alone: alone100k })}\n`,
);

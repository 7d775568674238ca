import type { Command } from 'commander';
import type { Role } from '../domain/roles.ts';
import { keyAt, type KeyringEntry } from '../domain/signing/keyring.ts';
import { confirmingRole } from '../domain/signing/standing.ts';
import { genesisOf, subjectDigest } from '../domain/signing/signed-act.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { confirmEnvelope } from '../trust/sign-act.ts';
import { decisionLines } from './decision.ts';
import { deliver } from './deliver.ts';
import { withEngine } from './desk.ts';
import { readEnvelope, type ReadEnvelope, writeEnvelope } from './envelope-file.ts';
import { refused, usage } from './failure.ts';
import { tellKept } from './kept-told.ts';
import { openedOrder } from './opened-order.ts';
import type { OrderNow } from './order-now.ts';
import { createOutput, moment, type Output } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { readDelegation } from './delegation-file.ts';
import { type KeysHere, keysHere, openPerson } from './signers.ts';

interface Options {
  readonly holder?: string;
  readonly write?: string;
  readonly json?: boolean;
}

export function addConfirm(program: Command): void {
  refusingSecrets(program.command('confirm'))
    .description('show a signed act that somebody kept for you by --write, sign it as the second person, and send it')
    .argument('<file>', 'the signed act')
    .option('--holder <code>', 'who signs, where several can here')
    .option('--write <file>', 'keep it and do not send it: twokey send FILE sends')
    .option('--json', 'print one JSON document')
    .action((file: string, options: Options) => confirm(file, options, createOutput(options.json ?? false)));
}

async function confirm(file: string, { holder, write }: Options, out: Output): Promise<void> {
  const read = readEnvelope(file);
  const { envelope, claims } = read;
  const confirming = requireOpen(file, read);
  const keys = await keysHere(out);
  await withEngine(async (engine) => {
    const now = await openedOrder(engine, claims.order, keys);
    const first = firstSigner(read, now, keys);
    requireFresh(read, now);
    out.note(...decisionLines(now.order, claims), `  ${'signed by'.padEnd(10)}  ${first.holder} as ${first.role}, key ${first.id}`);
    const delegations = (claims.delegations ?? []).flatMap((jws) => readDelegation(jws) ?? []);
    const second = await openPerson(keys, { role: confirming, holder, beside: first.holder, at: now.at, delegations });
    const confirmed = await confirmEnvelope(envelope, second);
    if (write === undefined) return await deliver(engine, { act: claims.act, nonce: claims.nonce, envelope: confirmed }, now, keys, out);
    writeEnvelope(write, confirmed);
    const { act, nonce: id, order, expires } = claims;
    tellKept({ act, id, order, file: write, signedBy: [first.holder, second.holder], awaits: undefined, expires }, out);
  });
}

/** The role in which the second signature is missing. Throws `CommandFailure`, `second-refused`, where none is. */
function requireOpen(file: string, { claims, signatures }: ReadEnvelope): Role {
  const confirming = confirmingRole(claims.act, claims.evidence !== undefined);
  const fault = (why: string) => usage(`${file}: ${claims.act} ${why}; twokey send ${file} sends it`, 'second-refused');
  if (confirming === undefined) throw fault('is signed by one person');
  if (signatures.length > 1) throw fault('is signed by two people already');
  return confirming;
}

/** Who signed first, by the keyring here. Throws `CommandFailure` with the code under which the order would refuse it. */
function firstSigner({ claims, signatures: [signature] }: ReadEnvelope, { at }: OrderNow, { keyring }: KeysHere): KeyringEntry {
  if (!signature) throw usage('the act is not signed', 'envelope-malformed');
  const key = keyAt(keyring, signature.keyId, at);
  if ('refused' in key) throw refused(key.refused, `the first signature: ${key.message}. Accepted: one by a key that counts`);
  if (!nodePrimitives.isSignatureOf(key.publicKey, signature.signed, signature.bytes))
    throw refused('signature-invalid', `key ${key.id} of ${key.holder} did not sign this. Accepted: the act as it was signed`);
  if (key.holder !== claims.signer)
    throw refused('signer-differs', `the first key is of ${key.holder}, and ${claims.signer} is named. Accepted: the key of who is named`);
  return key;
}

/** Throws `CommandFailure` where what was signed first is not what the order is about any more: nobody confirms that. */
function requireFresh({ claims }: ReadEnvelope, { order, at }: OrderNow): void {
  const anew = 'Accepted: the act signed anew, on what there is now';
  if (claims.genesis !== genesisOf(order, nodePrimitives))
    throw refused('wrong-order', `signed for an order ${claims.order} on other terms or another policy. ${anew}`);
  if (at >= claims.expires) throw refused('expired', `it was good until ${moment(claims.expires)} UTC. ${anew}`);
  if (claims.subject !== subjectDigest(order, claims.act, nodePrimitives))
    throw refused('wrong-subject', `what ${claims.act} decides upon has changed since it was signed. ${anew}`);
}

import type { Command } from 'commander';
import { confirmingRole } from '../domain/signing/standing.ts';
import { decisionLines } from './decision.ts';
import { deliver } from './deliver.ts';
import { withEngine } from './desk.ts';
import { readEnvelope } from './envelope-file.ts';
import { usage } from './failure.ts';
import { openedOrder } from './opened-order.ts';
import { createOutput, type Output } from './output.ts';
import { keysHere } from './signers.ts';

export function addSend(program: Command): void {
  program
    .command('send')
    .description('send a signed act that twokey act or confirm kept by --write; needs no private key')
    .argument('<file>', 'the signed act')
    .option('--json', 'print one JSON document')
    .action((file: string, options: { json?: boolean }) => send(file, createOutput(options.json ?? false)));
}

async function send(file: string, out: Output): Promise<void> {
  const { envelope, claims, signatures } = readEnvelope(file);
  const confirming = confirmingRole(claims.act, claims.evidence !== undefined);
  if (confirming !== undefined && signatures.length < 2)
    throw usage(
      `${file}: ${claims.act} is signed by two people, and one did; as ${confirming}, somebody else signs by twokey confirm ${file}`,
      'second-missing',
    );
  const keys = await keysHere(out);
  await withEngine(async (engine) => {
    const now = await openedOrder(engine, claims.order, keys);
    out.note(...decisionLines(now.order, claims));
    await deliver(engine, { act: claims.act, nonce: claims.nonce, envelope }, now, keys, out);
  });
}

import { readFileSync, statSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { RecordFault } from '../record/fault.ts';
import { requireSize, textOf } from '../record/read-file.ts';
import { type VouchingRole, vouchingRoles } from '../record/statement.ts';
import { type Known, type Verdict, verifyRecord } from '../record/verify.ts';
import { orderIdOf } from './desk.ts';
import { exitCodes, usage } from './failure.ts';
import { readingFailed } from './files.ts';
import { createOutput, type Output, subcommandsOf, visible } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { knownFailure, knownFrom, type KnownOptions } from './record-known.ts';
import { recordLines } from './record-lines.ts';
import { faultLines, verdictDocument } from './record-told.ts';

interface Options {
  readonly json?: boolean;
}

export function addRecord(program: Command): void {
  const record = program
    .command('record')
    .description('prove what happened: the record of an order as a file, its verification, and tree heads over all records');
  const subcommand = subcommandsOf(record);
  const command = (name: string, description: string): Command => refusingSecrets(subcommand(name, description));
  const signedBy = new Option('--as <role>', 'whose key signs').choices(vouchingRoles).default('seller.desk');

  command('export', 'write the record of an order as one file: from the ledger where it is sealed, else from Temporal, as of now')
    .argument('<order>', 'id of the order', orderIdOf)
    .option('--out <file>', 'where to write it; without it, on stdout')
    .option('--unsigned', 'needs no key, and nobody vouches for where the record ends')
    .option('--checkpoint <file>', 'for somebody who kept this checkpoint: with the proof that the records of then are all still there')
    .addOption(signedBy)
    .action(async (order: string, options: Options & { out?: string; unsigned?: boolean; as: VouchingRole; checkpoint?: string }) => {
      const { exportOrder } = await import('./record-export.ts');
      await exportOrder(order, options, createOutput(options.json ?? false));
    });
  command('verify', 'judge the record in a file, without server or network: who decided what and when, and whether anything was changed')
    .argument('<file>', 'a file that record export wrote')
    .option('--root <fingerprint>', 'the root key that must vouch for it; without it, the file says itself which one does')
    .option('--keyring <file>', 'a newer keyring by the same root key (keyring.jws), which knows what was revoked since')
    .option('--checkpoint <file>', 'a checkpoint that you kept: the record must stand under it, or have been sealed after it')
    .addHelpText(
      'after',
      '\nExit codes: 0 proven, or unsigned and consistent in itself; 1 tampered, with the index of the entry, or proven but for keys that were revoked since; 2 no record; 3 no proof for --checkpoint.',
    )
    .action(async (file: string, options: Options & KnownOptions) => await verify(file, options, createOutput(options.json ?? false)));
  command('checkpoint', 'sign the tree head over all sealed records (RFC 6962) and keep it; refused where it does not continue the last one')
    .addOption(signedBy)
    .action(async (options: Options & { as: VouchingRole }) => {
      const { checkpoint } = await import('./record-checkpoint.ts');
      await checkpoint(options.as, createOutput(options.json ?? false));
    });
}

async function verify(file: string, options: KnownOptions, out: Output): Promise<void> {
  const verdict = await judge(file, knownFrom(options));
  out.result(verdictDocument(verdict));
  if ('fault' in verdict) {
    process.exitCode = verdict.verdict === 'tampered' ? exitCodes.failed : exitCodes.usage;
    out.say(...faultLines(verdict.verdict, verdict.fault));
    process.stderr.write(`twokey: ${visible(`${verdict.verdict}: ${verdict.fault.message}`)}\n`);
  } else {
    if (verdict.verdict === 'revoked-since') process.exitCode = exitCodes.failed;
    out.say(...recordLines(verdict));
  }
}

async function judge(file: string, known: Known): Promise<Verdict> {
  try {
    return await verifyRecord(readText(file), known);
  } catch (error) {
    if (error instanceof RecordFault) return { verdict: error.verdict, fault: error.fault };
    throw knownFailure(error);
  }
}

function readText(file: string): string {
  let bytes: Uint8Array;
  try {
    const about = statSync(file);
    if (!about.isFile()) throw usage(`${file}: expected a file`, 'file-unreadable');
    requireSize(about.size);
    bytes = readFileSync(file);
  } catch (error) {
    throw readingFailed(file, error);
  }
  return textOf(bytes);
}

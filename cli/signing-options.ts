import type { Command } from 'commander';
import { longestLifetimeMs } from '../domain/signing/signatories.ts';
import type { Evidence } from '../domain/signing/claims.ts';
import { readDelegationFile, type WrittenDelegation } from './delegation-file.ts';
import { usage } from './failure.ts';
import { digestOf } from './files.ts';
import { millisecondsIn, momentOf } from './times.ts';

/** How an act is signed, as the command line says it. */
export interface SigningOptions {
  readonly holder?: string;
  readonly confirmBy?: string;
  readonly evidence?: string;
  readonly issuerNumber?: string;
  readonly decidedAt?: number;
  readonly delegation?: readonly string[];
  readonly validFor?: number;
  readonly write?: string;
}

/** How an act is signed, once files have been read. */
export interface Signing {
  readonly holder: string | undefined;
  readonly confirmBy: string | undefined;
  readonly evidence: Evidence | undefined;
  readonly delegations: readonly WrittenDelegation[];
  readonly lifetimeMs: number;
  readonly write: string | undefined;
}

const day = 86_400_000;
/** By when a signature that was sent at once, or handed to a second person, has long arrived. */
const usualLifetimeMs = day;

export const withSigningOptions = (command: Command): Command =>
  command
    .option('--holder <code>', 'who signs, where several hold the role here')
    .option('--confirm-by <code>', 'the second person, whose key is here too: for settle-step, hold, lift and what the desk records')
    .option('--issuer-number <text>', 'with --evidence: the number that the authority gave its document')
    .option('--decided-at <moment>', 'with --evidence: when the authority decided, a day or moment (UTC)', momentOf)
    .option('--delegation <file...>', 'a delegation by which who signs may act in the role')
    .option('--valid-for <duration>', 'how long the signature is good for, at most 31d; without it, 24h', (text: string) =>
      millisecondsIn(text, { ms: longestLifetimeMs, told: '31d' }),
    )
    .option('--write <file>', 'keep the signed act and do not send it: twokey confirm FILE signs second, twokey send FILE sends');

/** Which of the options that only a signed act has were given; of settle-step, --evidence is a field. */
export const givenOf = ({ holder, confirmBy, evidence, issuerNumber, decidedAt, delegation, validFor, write }: SigningOptions): string[] =>
  Object.entries({
    ...{ '--holder': holder, '--confirm-by': confirmBy, '--evidence': evidence, '--issuer-number': issuerNumber, '--decided-at': decidedAt },
    ...{ '--delegation': delegation, '--valid-for': validFor, '--write': write },
  }).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));

/** Reads what the options name. Throws `CommandFailure`: `evidence-incomplete`, `file-unreadable`, `delegation-invalid`. */
export async function signingOf(options: SigningOptions): Promise<Signing> {
  const { holder, confirmBy, delegation = [], validFor = usualLifetimeMs, write } = options;
  return { holder, confirmBy, evidence: await evidenceOf(options), delegations: delegation.map(readDelegationFile), lifetimeMs: validFor, write };
}

async function evidenceOf({ evidence: file, issuerNumber, decidedAt }: SigningOptions): Promise<Evidence | undefined> {
  if (file === undefined && issuerNumber === undefined && decidedAt === undefined) return undefined;
  if (file === undefined || issuerNumber === undefined || decidedAt === undefined)
    throw usage('what an authority decided is recorded with --evidence FILE, --issuer-number and --decided-at, all three', 'evidence-incomplete');
  return { document: await digestOf(file), issuerNumber, decidedAt };
}

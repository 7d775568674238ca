import { signingRefusals } from '../domain/signing/refusals.ts';

/** Why a file is no record, or why it does not prove what it says. Stable: scripts and other verifiers compare these. */
export type FormCode = 'empty' | 'too-large' | 'not-utf8' | 'not-json' | 'format-unknown' | 'field-invalid' | 'value-not-allowed' | 'not-canonical';
export type TamperCode =
  | 'order-differs'
  | 'entry-malformed'
  | 'sequence-differs'
  | 'time-differs'
  | 'time-backward'
  | 'previous-differs'
  | 'hash-differs'
  | 'entry-rewritten'
  | 'entries-missing'
  | 'entries-added'
  | 'head-differs'
  | 'unsigned'
  | 'root-differs'
  | 'keyring-invalid'
  | 'signature-malformed'
  | 'algorithm-refused'
  | 'key-unknown'
  | 'key-not-entitled'
  | 'key-not-yet'
  | 'key-expired'
  | 'key-revoked'
  | 'signature-invalid'
  | 'inclusion-invalid'
  | 'checkpoint-differs'
  | 'terms-invalid'
  | 'envelope-missing'
  | 'envelope-unexpected'
  | 'act-differs'
  | 'rules-refuse'
  | 'rules-differ'
  | SigningCode;
/** What is wrong with a signed act, by the codes by which an order refuses one. */
type SigningCode = keyof typeof signingRefusals;
export const isSigningCode = (code: string): code is SigningCode => Object.hasOwn(signingRefusals, code);

/** Where a record fails: `index` counts entries from 0 and is null where it is about no entry. */
export interface Fault {
  readonly code: FormCode | TamperCode;
  readonly message: string;
  readonly index: number | null;
  readonly expected: string | null;
  readonly found: string | null;
}

/** Ends a verification; `verifyRecord` turns it into a verdict. */
export class RecordFault extends Error {
  override readonly name = 'RecordFault';
  readonly verdict: 'tampered' | 'not-a-record';
  readonly fault: Fault;

  constructor(verdict: RecordFault['verdict'], fault: Fault) {
    super(fault.message);
    this.verdict = verdict;
    this.fault = fault;
  }
}

/** The file has not the form of a record. */
export const noRecord = (code: FormCode, message: string): RecordFault =>
  new RecordFault('not-a-record', { code, message, index: null, expected: null, found: null });

/** The file has the form of a record, and says something that cannot be so. */
export const tampered = (code: TamperCode, message: string, at: { index?: number; expected?: string | number; found?: string | number } = {}): RecordFault =>
  new RecordFault('tampered', {
    code,
    message,
    index: at.index ?? null,
    expected: at.expected === undefined ? null : String(at.expected),
    found: at.found === undefined ? null : String(at.found),
  });

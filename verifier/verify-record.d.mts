/** What `verify-record.mjs` answers; told here for the tests, which are TypeScript. */
export interface Answer {
  readonly verdict: 'proven' | 'revoked-since' | 'not-judged' | 'unsigned' | 'tampered' | 'not-a-record';
  readonly code?: string;
  readonly message?: string;
  readonly index?: number | null;
  readonly expected?: string | number | null;
  readonly found?: string | number | null;
  readonly order?: string;
  readonly count?: number;
  readonly hash?: string;
  readonly root?: string | null;
  /** Every signed act; null where the order is not one of signed acts, or the file names no keys. */
  readonly acts?: readonly SignedAct[] | null;
}

interface SignedAct {
  readonly index: number;
  readonly at: number;
  readonly act: string;
  readonly nonce: string;
  readonly role: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly signed: { readonly kind: 'authenticated' | 'recorded' };
  /** Keys behind it that were revoked later as of a moment before it. */
  readonly doubts: readonly string[];
}

export function verifyRecord(source: string | Uint8Array | (() => string | Uint8Array), root?: string): Answer;

/** What `verify-record.mjs` answers; told here for the tests, which are TypeScript. */
export interface Answer {
  readonly verdict: 'proven' | 'unsigned' | 'tampered' | 'not-a-record';
  readonly code?: string;
  readonly message?: string;
  readonly index?: number | null;
  readonly expected?: string | number | null;
  readonly found?: string | number | null;
  readonly order?: string;
  readonly count?: number;
  readonly hash?: string;
  readonly root?: string | null;
}

export function verifyRecord(source: string | (() => string), root?: string): Answer;

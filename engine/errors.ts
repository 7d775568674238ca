/** Temporal or the ledger cannot be had; the message says what was tried and what a person can do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: 'engine-unreachable' | 'engine-missing' | 'engine-too-old' | 'port-taken' | 'no-worker' | 'already-running' | 'ledger-unreachable';

  constructor(code: EngineError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

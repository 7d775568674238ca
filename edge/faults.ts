import type { z } from 'zod';

/** One fault of a document that a person wrote: where (a path such as `orders[0].units`) and what is accepted. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '');

export const faultsOfError = (error: z.ZodError): Fault[] => error.issues.map((issue) => ({ path: pathOf(issue.path), message: issue.message }));

/** The document was read, but not understood. Every fault is in it, not only the first. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code = 'invalid-document';
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor(file: string, faults: readonly Fault[]) {
    super(faults.map((fault) => `${file}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`).join('\n'));
    this.file = file;
    this.faults = faults;
  }
}

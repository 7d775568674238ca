import { z } from 'zod';

/** A place in a file, both numbers counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One fault of a document that a person wrote: where (a path such as `orders[0].units`, and its place in the file) and what is accepted. */
export interface Fault extends Partial<Place> {
  readonly path: string;
  readonly message: string;
}

/** A fault before it has a place in a file. */
export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** Whether the key itself is the fault, and not what it says. */
  readonly isKey?: boolean;
}

export const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '');

/** What a schema found, fault by fault; an unknown field is named by its own. */
export const issuesOf = (error: z.ZodError): Issue[] =>
  error.issues.flatMap((issue): Issue[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message, isKey: true }))
      : [{ path: issue.path, message: issue.message, ...(issue.code === 'custom' && issue.params?.['isKey'] === true && { isKey: true }) }],
  );

/** The faults that a schema found, each with its path. */
export const faultsOfError = (error: z.ZodError): Fault[] => issuesOf(error).map(({ path, message }) => ({ path: pathOf(path), message }));

/** The document was read, but not understood. Every fault is in it, not only the first. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code = 'invalid-document';
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor(file: string, faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map((fault) => sentence(file, fault)).join('\n'), options);
    this.file = file;
    this.faults = faults;
  }
}

function sentence(file: string, { path, message, line, column }: Fault): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** An object that knows its fields: any other is a fault that names those accepted. */
export const knownFields = <S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<S, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `unknown field, accepted are ${Object.keys(shape).join(', ')}` : undefined),
  });

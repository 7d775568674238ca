import { z } from 'zod';

/** One fault of a document that a person wrote: where (a path such as `orders[0].units`) and what is accepted. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '');

/** The faults that a schema found, each with its path; an unknown field is named by its own. */
export const faultsOfError = (error: z.ZodError): Fault[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: issue.message }))
      : [{ path: pathOf(issue.path), message: issue.message }],
  );

/** The document was read, but not understood. Every fault is in it, not only the first. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code = 'invalid-document';
  readonly file: string;
  readonly faults: readonly Fault[];

  constructor(file: string, faults: readonly Fault[], options?: ErrorOptions) {
    super(faults.map((fault) => `${file}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`).join('\n'), options);
    this.file = file;
    this.faults = faults;
  }
}

/** An object that knows its fields: any other is a fault that names those accepted. */
export const knownFields = <S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<S, z.core.$strict> =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `unknown field, accepted are ${Object.keys(shape).join(', ')}` : undefined),
  });

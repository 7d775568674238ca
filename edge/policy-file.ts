import { readDocument, understand } from './documents.ts';
import { DocumentError } from './faults.ts';
import { checkPolicy } from './policy-check.ts';
import { type PolicyDocument, policyForm } from './policy-form.ts';

/** Reads a policy file that `checkPolicy` finds nothing wrong with. Throws `DocumentError` with every fault and its place. */
export function readPolicy(file: string): PolicyDocument {
  const document = readDocument(file);
  const faults = checkPolicy(document);
  if (faults.length > 0) throw new DocumentError(file, faults);
  return understand(document, policyForm);
}

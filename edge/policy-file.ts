import { readDocument, understand } from './documents.ts';
import { type PolicyDocument, policyForm } from './policy-form.ts';

/** Reads a policy file. Throws `DocumentError` with every fault of its form and its place. */
export const readPolicy = (file: string): PolicyDocument => understand(readDocument(file), policyForm);

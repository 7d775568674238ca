import { isAbsolute, relative } from 'node:path';
import { checkPolicyFile, type PolicyFault } from '../edge/policy-check.ts';
import { policyFile, policyIds } from '../edge/policies.ts';
import { visible } from './output.ts';

/** A policy file and what is wrong with it. */
export interface Checked {
  readonly file: string;
  readonly faults: readonly PolicyFault[];
}

/** Checks policies of this release by their ids and files by their names; all of this release where none is named. */
export function checked(named: readonly string[]): Checked[] {
  const known = policyIds();
  return (named.length === 0 ? known : named).map((one) => {
    const file = known.includes(one) ? policyFile(one) : one;
    return { file: fromHere(file), faults: checkPolicyFile(file) };
  });
}

/** A file as it is named from this folder, where it lies below. */
function fromHere(file: string): string {
  const name = relative(process.cwd(), file);
  return name.startsWith('..') || isAbsolute(name) ? file : name;
}

/** A line a fault, or one where there is none. */
export const faultLines = ({ file, faults }: Checked): string[] =>
  faults.length === 0
    ? [`${visible(file)}: nothing is wrong`]
    : faults.map(({ code, path, message, line, column }) =>
        visible(`${file}${line === undefined ? '' : `:${line}:${column ?? 1}`}: ${path === '' ? '' : `${path}: `}${message} (${code})`),
      );

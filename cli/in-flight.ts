import { readImport } from '../edge/import-file.ts';
import { pinned } from '../edge/policy-pinned.ts';
import { policyAsked, specOf } from './policy-asked.ts';

/** Orders and licenses of a file, each order under the policy that it names or that was in force when it began; `at` in epoch milliseconds. Throws `DocumentError`. */
export const readInFlight = (file: string, at: number): ReturnType<typeof readImport> =>
  readImport(file, ({ terms, policy }, day) => pinned(policyAsked(policy, day), specOf(terms)), at);

import type { WrittenLicense } from '../edge/import-form.ts';
import { readImport } from '../edge/import-file.ts';
import { pinned } from '../edge/policy-pinned.ts';
import type { Database } from '../ledger/database.ts';
import { importLicense } from '../ledger/licenses-imported.ts';
import { withLedger } from './desk.ts';
import { usage } from './failure.ts';
import { createOutput } from './output.ts';
import { policyAsked, specOf } from './policy-asked.ts';

interface ImportedLicense {
  readonly number: string;
  readonly state: 'imported' | 'known';
}

/** Records licenses with what was used of them before; `at` in epoch milliseconds. */
export async function importLicenses(database: Database, licenses: readonly WrittenLicense[], at: number): Promise<ImportedLicense[]> {
  const answers: ImportedLicense[] = [];
  for (const { order: orderId, evidence, ...license } of licenses) {
    const state = await importLicense(database, { ...license, orderId, at, by: 'seller.desk', evidence: evidence.document });
    answers.push({ number: license.number, state });
  }
  return answers;
}

export const licenseSentence = ({ number, state }: ImportedLicense): string =>
  `license ${number} ${state === 'imported' ? 'imported' : 'was known before, nothing changed'}`;

/** Takes over the licenses of a file, and leaves its orders alone. */
export async function importLicenseFile(file: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const out = createOutput(json);
  const at = Date.now();
  const { licenses } = readImport(file, ({ terms, policy }, day) => pinned(policyAsked(policy, day), specOf(terms)), at);
  if (licenses.length === 0) throw usage(`${file} has no \`licenses\``, 'licenses-missing');
  const done = await withLedger((database) => importLicenses(database, licenses, at));
  out.result({ licenses: done });
  out.say(...done.map(licenseSentence));
}

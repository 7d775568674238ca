import type { WrittenLicense } from '../edge/import-form.ts';
import type { Database } from '../ledger/database.ts';
import { importLicense } from '../ledger/licenses-imported.ts';
import { withLedger } from './desk.ts';
import { usage } from './failure.ts';
import { readInFlight } from './in-flight.ts';
import { createOutput } from './output.ts';
import { type Importer, importerHere, type ImportSigning } from './signed-import.ts';

interface ImportedLicense {
  readonly number: string;
  readonly state: 'imported' | 'known';
}

/** Records licenses with what was used of them before; `at` in epoch milliseconds. */
export async function importLicenses(
  database: Database,
  licenses: readonly WrittenLicense[],
  at: number,
  importer: Importer | 'none',
): Promise<ImportedLicense[]> {
  const answers: ImportedLicense[] = [];
  for (const { order: orderId, evidence, ...license } of licenses) {
    const proof = importer === 'none' ? undefined : await importer.proofOf({ ...license, orderId });
    const state = await importLicense(database, { ...license, orderId, at, by: 'seller.desk', evidence: evidence.document, ...(proof && { proof }) });
    answers.push({ number: license.number, state });
  }
  return answers;
}

export const licenseSentence = ({ number, state }: ImportedLicense): string =>
  `license ${number} ${state === 'imported' ? 'imported' : 'was known before, nothing changed'}`;

interface Options extends ImportSigning {
  readonly json?: boolean;
}

/** Takes over the licenses of a file, and leaves its orders alone. */
export async function importLicenseFile(file: string, options: Options): Promise<void> {
  const out = createOutput(options.json ?? false);
  const at = Date.now();
  const { licenses } = readInFlight(file, at);
  if (licenses.length === 0) throw usage(`${file} has no \`licenses\``, 'licenses-missing');
  const importer = await importerHere(options, out);
  const done = await withLedger((database) => importLicenses(database, licenses, at, importer));
  out.result({ licenses: done });
  out.say(...done.map(licenseSentence));
}

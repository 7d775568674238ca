import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { DocumentError } from '../../edge/faults.ts';

/** A folder for the files of one test file, gone afterwards. */
export function temporaryFolder(): { readonly path: string; write(name: string, text: string | Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), 'twokey-edge-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, text) {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
  };
}

/** What reading says is wrong; anything but a `DocumentError` is thrown on. */
export function faultOf(read: () => unknown): DocumentError {
  try {
    read();
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
  throw new Error('the file was read as if nothing were wrong');
}

import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { usage } from './failure.ts';

/** The text of a small file that somebody wrote; a delegation or an envelope comes nowhere near `largest` bytes. Throws `CommandFailure`, `file-unreadable`. */
export function readSmallFile(file: string, largest = 200_000): string {
  try {
    const about = statSync(file);
    if (!about.isFile()) throw usage(`${file}: expected a file`, 'file-unreadable');
    if (about.size > largest) throw usage(`${file}: ${about.size} bytes, expected at most ${largest}`, 'file-unreadable');
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw readingFailed(file, error);
  }
}

/** An error in reading a file as a failure of the command; any other as it is. */
export const readingFailed = (file: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error ? usage(`${file}: cannot be read (${codeOf(error)})`, 'file-unreadable') : error;

/** The SHA-256 of a document, in hexadecimal, however large it is. Throws `CommandFailure`, `file-unreadable`. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw readingFailed(file, error);
  }
  return hash.digest('hex');
}

/** Throws `CommandFailure`, `file-unwritable`. */
export function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? usage(`${file}: cannot be written (${codeOf(error)})`, 'file-unwritable') : error;
  }
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.message);

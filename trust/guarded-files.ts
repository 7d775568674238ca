import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { TrustError } from './trust-error.ts';

const largest = 1_048_576;
/** Windows has neither modes nor owners of this kind: there a folder of one's own is all there is. */
const hasModes = process.platform !== 'win32';

/** Who else may do what with a guarded file: nothing with a secret, nothing but read with what only needs to be authentic. */
export type Guard = 'secret' | 'authentic';
const forbidden: Readonly<Record<Guard, { readonly bits: number; readonly told: string; readonly cure: string }>> = {
  secret: { bits: 0o077, told: 'other users may read or change it', cure: 'chmod 600' },
  authentic: { bits: 0o022, told: 'other users may change it', cure: 'chmod go-w' },
};

/** Makes the folder for keys, for this user alone, or refuses one that others may enter. Throws `TrustError`, `key-file-unsafe`. */
export function guardedFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  isGuardedFolder(folder);
}

/** Whether the folder is there; one that others may enter is refused. Throws `TrustError`, `key-file-unsafe`. */
export function isGuardedFolder(folder: string): boolean {
  if (!hasModes) return existsSync(folder);
  const descriptor = openGuarded(folder, constants.O_DIRECTORY);
  if (descriptor === undefined) return false;
  try {
    refuseUnsafe(descriptor, folder, { ...forbidden.secret, cure: 'chmod 700' });
    return true;
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The text of a file that is this user's own, no link, no wider open than `guard` allows; undefined where there is none. What is judged is what is
 * read: both go through one open file. Throws `TrustError`, `key-file-unsafe` or `key-file-invalid` (not UTF-8, or above 1 MiB).
 */
export function readGuarded(file: string, guard: Guard): string | undefined {
  const descriptor = openGuarded(file);
  if (descriptor === undefined) return undefined;
  try {
    refuseUnsafe(descriptor, file, forbidden[guard]);
    const about = fstatSync(descriptor);
    if (!about.isFile()) throw new TrustError('key-file-unsafe', `${file}: expected a plain file`);
    if (about.size > largest) throw new TrustError('key-file-invalid', `${file}: ${about.size} bytes, expected at most ${largest}`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(descriptor));
  } catch (error) {
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new TrustError('key-file-invalid', `${file}: not UTF-8 text`, { cause: error });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a file whole or not at all, mode 0600, on disk before this returns. With `isNew`, a file that is there is left as it is: throws EEXIST. */
export function writeGuarded(file: string, text: string, { isNew = false }: { isNew?: boolean } = {}): void {
  const draft = `${file}.${randomUUID()}.draft`;
  try {
    const descriptor = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (isNew) linkSync(draft, file);
    else renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  if (hasModes) syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Not waiting, so that a pipe in place of a file is refused and not waited for. */
function openGuarded(file: string, kind = 0): number | undefined {
  try {
    return openSync(file, hasModes ? constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | kind : constants.O_RDONLY);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    if (code === 'ELOOP' || code === 'ENOTDIR')
      throw new TrustError('key-file-unsafe', `${file}: a link or no folder; expected the thing itself`, { cause: error });
    if (code === 'EACCES') throw new TrustError('key-file-unsafe', `${file}: may not be read by this user`, { cause: error });
    throw error;
  }
}

function refuseUnsafe(descriptor: number, file: string, { bits, told, cure }: { readonly bits: number; readonly told: string; readonly cure: string }): void {
  if (!hasModes) return;
  const { mode, uid } = fstatSync(descriptor);
  if (uid !== process.getuid?.()) throw new TrustError('key-file-unsafe', `${file}: belongs to another user; expected one's own`);
  if ((mode & bits) !== 0)
    throw new TrustError('key-file-unsafe', `${file}: mode ${(mode & 0o777).toString(8).padStart(4, '0')}, ${told}; ${cure} makes it right`);
}

/** The code of a system error, such as ENOENT. */
export const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

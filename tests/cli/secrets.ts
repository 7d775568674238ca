import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Every command line that any process was started with meanwhile; empty where the machine does not show them. */
export async function commandLinesDuring<T>(work: Promise<T>): Promise<{ readonly answer: T; readonly lines: readonly string[] }> {
  const lines = new Set<string>();
  const look = (): void => {
    for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [])
      try {
        lines.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch (error) {
        // It has ended since the folder was listed.
        if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))) throw error;
      }
  };
  const timer = setInterval(look, 20);
  try {
    return { answer: await work, lines: [...lines] };
  } finally {
    clearInterval(timer);
  }
}

/** The private keys of a home, 32 bytes each. */
export function seedsIn(home: string, passphrase: string): Buffer[] {
  const folder = join(home, 'keys');
  const pems = readdirSync(folder).filter((name) => name.endsWith('.pem'));
  return pems.map((name) =>
    Buffer.from(createPrivateKey({ key: readFileSync(join(folder, name)), passphrase }).export({ format: 'jwk' }).d ?? '', 'base64url'),
  );
}

/** Fails where one of the texts holds a passphrase or a private key, as it is or in one of the ways in which bytes are written. */
export function expectNoSecret(texts: readonly string[], passphrases: readonly string[], seeds: readonly Buffer[]): void {
  const everything = texts.join('\n');
  const decoded = [...everything.matchAll(/[\w-]{40,}/g)].map(([text]) => Buffer.from(text, 'base64url').toString('latin1')).join('\n');
  const keys = seeds.flatMap((seed) => (['hex', 'base64', 'base64url', 'latin1'] as const).map((form) => seed.toString(form)));
  for (const secret of [...passphrases, ...keys]) expect(everything.includes(secret) || decoded.includes(secret), 'a secret was told').toBe(false);
}

import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { afterAll } from 'vitest';
import type { Keyring, KeyringEntry } from '../../domain/signing/keyring.ts';
import { type FreshKey, freshKey } from '../../trust/private-key.ts';
import { jwkOf } from '../../trust/public-key.ts';
import { TrustError } from '../../trust/trust-error.ts';

export const passphrase = 'a passphrase that nobody guesses';
export const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** A folder for the homes of one test file, gone after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-trust-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A root key and a keyring of two people; the keys are made anew. */
export interface Sample {
  readonly root: { readonly id: string; readonly jwk: JWK; readonly privateKey: KeyObject };
  readonly keyring: Keyring;
  readonly commerce: KeyringEntry;
}

export async function sample(): Promise<Sample> {
  const [root, commerce, desk] = [await freshKey(), await freshKey(), await freshKey()];
  const entry = ({ keyId, publicKey }: FreshKey) => ({ id: keyId, publicKey, from: day('2026-01-01'), revoked: null });
  const first: KeyringEntry = { ...entry(commerce), role: 'us.commerce', holder: 'jane.doe', until: day('2027-01-01') };
  const keyring: Keyring = {
    version: 1,
    sequence: 3,
    issuedAt: day('2026-03-01'),
    keys: [first, { ...entry(desk), role: 'seller.desk', holder: 'p-1', until: null, external: true }],
  };
  return { root: { id: root.keyId, jwk: jwkOf(root.publicKey), privateKey: root.privateKey }, keyring, commerce: first };
}

/** What is wrong, as a `TrustError`; anything else is thrown on. */
export async function faultOf(work: () => unknown): Promise<TrustError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TrustError) return error;
    throw error;
  }
  throw new Error('it was taken as if nothing were wrong');
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepActivities } from '../../activities/ports.ts';
import type { Role } from '../../domain/roles.ts';
import { Company } from '../../trust/company.ts';
import { keyStoreReader } from '../../trust/key-store.ts';
import { withKey } from '../../trust/keyring-changes.ts';
import { signKeyring } from '../../trust/keyring.ts';
import { freshKey } from '../../trust/private-key.ts';
import type { Signer } from '../../trust/signer.ts';
import { keepPublicSide } from '../../trust/throw-away-home.ts';
import { makeThrowAwayKeyring, peopleOf, signerWith, type ThrowAwayKeyring } from '../../trust/throw-away.ts';
import { withTrustedSteps } from '../../workers/trusted-steps.ts';

/** A company with a home of its own, which the workers of a test trust. */
export class SignedCompany extends Company {
  readonly home: string;
  readonly keyring: ThrowAwayKeyring;

  private constructor(keyring: ThrowAwayKeyring) {
    super(peopleOf(keyring));
    this.keyring = keyring;
    this.home = mkdtempSync(join(tmpdir(), 'twokey-company-'));
    keepPublicSide(this.home, keyring);
  }

  static async found(): Promise<SignedCompany> {
    return new SignedCompany(await makeThrowAwayKeyring({ from: Date.parse('2025-01-01T00:00:00Z') }));
  }

  trusted(activities: StepActivities): StepActivities {
    return withTrustedSteps(activities, { store: keyStoreReader(this.home), unsigned: 'refused' });
  }

  /** The next keyring of this company's root, with one person more. */
  async withNewcomer(role: Role, holder: string): Promise<{ readonly signer: Signer; readonly keyringJws: string }> {
    const { root, keyring } = this.keyring;
    const key = await freshKey();
    const from = Date.parse('2026-01-01T00:00:00Z');
    const grown = withKey(keyring, { id: key.keyId, role, holder, publicKey: key.publicKey, from, until: null }, Date.now());
    return { signer: signerWith({ role, holder, key }), keyringJws: await signKeyring(grown, root.privateKey, root.keyId) };
  }

  close(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

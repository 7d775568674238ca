import type { Scenario } from '../edge/scenario.ts';
import type { People } from '../trust/company.ts';
import { findKeyStore } from '../trust/key-store.ts';
import { keepThrowAwayKeyring, peopleAt, throwAwayPassphrase } from '../trust/throw-away-home.ts';
import { isThrowAway, makeThrowAwayKeyring } from '../trust/throw-away.ts';
import { usage } from './failure.ts';

/**
 * Sees to it that a home has keys before its worker starts: where there are none, throw-away ones are made, and said to be. Throws
 * `CommandFailure` in production, where nobody's keys are thrown away.
 */
export async function ensureKeys(home: string, say: (line: string) => void): Promise<void> {
  const isProduction = process.env['TWOKEY_PROFILE'] === 'production';
  const store = await findKeyStore(home);
  if (isProduction && (!store || isThrowAway(store.keyring)))
    throw usage(
      `TWOKEY_PROFILE is production, and ${store ? `the keys in ${home} were made to be thrown away` : `there are no keys in ${home}`}: make keys with twokey keys new`,
      'keys-missing',
    );
  if (!store) await keepThrowAwayKeyring(home, await makeThrowAwayKeyring());
  if (store && !isThrowAway(store.keyring)) say(`keys    root ${store.rootId}`);
  else say(`keys    a throw-away keyring in ${home}/keys: everybody's signatures for a story, and refused in production`);
}

/** The people of a story that is told in a home; undefined where its acts are not signed, or the keys there are somebody's own. */
export async function storyPeople(home: string, { isSigned }: Scenario): Promise<People | undefined> {
  const passphrase = isSigned ? throwAwayPassphrase(home) : undefined;
  return passphrase === undefined ? undefined : await peopleAt(home, passphrase);
}

import type { Scenario } from '../../edge/scenario.ts';
import type { People } from '../../trust/company.ts';
import { keepPublicSide } from '../../trust/throw-away-home.ts';
import { makeThrowAwayKeyring, peopleOf, type Place } from '../../trust/throw-away.ts';
import { confirmingRole } from '../../domain/signing/standing.ts';

/** The people of a story of signed acts, whom the workers of a home trust from now on; undefined where nobody signs. */
export async function peopleFor(scenario: Scenario, home: string): Promise<People | undefined> {
  if (!scenario.isSigned) return undefined;
  const keyring = await makeThrowAwayKeyring({ more: placesIn(scenario) });
  keepPublicSide(home, keyring);
  return peopleOf(keyring);
}

/** Everybody whom a story names, once a role. */
function placesIn({ steps }: Scenario): Place[] {
  const places = steps.flatMap((step): Place[] => {
    if (step.kind !== 'act' && step.kind !== 'policy') return [];
    const { signer, confirmedBy, recordedOn } = step.signature;
    const [act, role] = step.kind === 'act' ? ([step.name, step.by] as const) : ([step.effect, 'policy.admin'] as const);
    const confirming = confirmingRole(act, recordedOn !== undefined);
    return [
      ...(signer === undefined ? [] : [{ role: recordedOn ? ('seller.desk' as const) : role, holder: signer }]),
      ...(confirmedBy === undefined || confirming === undefined ? [] : [{ role: confirming, holder: confirmedBy }]),
    ];
  });
  return places.filter((place, index) => places.findIndex((one) => one.role === place.role && one.holder === place.holder) === index);
}

import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Role } from '../../domain/roles.ts';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';
import { type Answer, cedarWith, type Policies, policiesIn, the } from './cedar-engine.ts';
import { type AskDuties, cedarSays, dutiesBy, dutyPolicies } from './cedar-duties.ts';
import { signatory, signed } from './judge.ts';
import type { Picture } from './pictures.ts';
import { type DelegationOf, type KeyOf, now, order, type Scene } from './signing-scenes.ts';

export const signaturePolicies: Policies = policiesIn('signatures.cedar');

/** What Cedar says of a scene: `yes` and who signed, or that it does not take it. */
export interface SceneAnswer {
  readonly says: string;
  readonly signed?: Signed;
}

/** Cedar, asked of each signature whether it counts, and then whether these people may do the act together. */
export function scenesBy(duties: Policies = dutyPolicies, signatures: Policies = signaturePolicies): (scene: Scene) => SceneAnswer {
  const [together, counts] = [dutiesBy(duties), cedarWith(signatures)];
  return (scene) => {
    const { act, isRecorded, role, prior } = scene;
    const by = handIn(scene, scene.first, isRecorded ? 'seller.desk' : role, scene.signer, counts);
    if (!by) return { says: 'no' };
    if (scene.second === undefined) return answered(together, { act, prior, signed: signed(by, undefined, isRecorded) });
    // In which role the second signs is theirs to say: one that the act asks for, if they may sign in it.
    for (const second of ['compliance.second', 'policy.admin'] as const) {
      const confirmedBy = handIn(scene, scene.second, second, scene.keys[scene.second]?.holder ?? '', counts);
      const answer = confirmedBy && answered(together, { act, prior, signed: signed(by, confirmedBy, isRecorded) });
      if (answer && answer.says !== 'no') return answer;
    }
    return { says: 'no' };
  };
}

function answered(together: AskDuties, picture: Picture): SceneAnswer {
  const { cedar, because } = cedarSays(together(picture));
  const lacksSecond = because.some((id) => id.startsWith('second '));
  return cedar === 'yes' ? { says: cedar, signed: picture.signed } : { says: lacksSecond ? 'no' : cedar };
}

/** The signatory whom Cedar finds behind a signature: by a key of their own, else by the first delegation that it lets pass. */
function handIn(scene: Scene, number: number, role: Role, person: string, counts: ReturnType<typeof cedarWith>): Signatory | undefined {
  const key = scene.keys[number];
  if (!key) return undefined;
  const ask = (delegation?: DelegationOf): Answer =>
    counts({
      ...{ person, action: 'sign', order, entities: [] },
      context: { act: scene.act, now, role: the('Role', role), key: keyOf(key), ...(delegation && { delegation: delegationOf(delegation, scene.keys) }) },
    });
  if (ask().isAllowed) return signatory(role, person);
  const delegation = scene.delegations.find((one) => ask(one).isAllowed);
  return delegation && signatory(role, person, delegation.from);
}

const keyOf = ({ holder, role, from, until, revokedAt }: KeyOf): CedarValueJson => ({
  ...{ holder: the('Person', holder), role: the('Role', role), from },
  ...(until !== null && { until }),
  ...(revokedAt !== null && { revokedAt }),
});

function delegationOf({ role, from, to, key, orders, acts, begins, ends }: DelegationOf, keys: readonly KeyOf[]): CedarValueJson {
  const giver = keys[key];
  if (!giver) throw new Error(`there is no key ${key}`);
  return {
    ...{ role: the('Role', role), from: the('Person', from), to: the('Person', to), key: keyOf(giver) },
    ...{ allOrders: orders === 'all', orders: orders === 'all' ? [] : orders.map((id) => the('Order', id)) },
    ...{ allActs: acts === 'all', acts: acts === 'all' ? [] : [...acts], begins, ends },
  };
}

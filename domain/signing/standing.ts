import { actSpec, isActName, policyActs } from '../acts.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Role } from '../roles.ts';
import { isBeginning, type SignedActName } from './claims.ts';
import type { Signed } from './signed.ts';

/** Roles whose acts the desk may record: those of authorities and others who do not sign here. */
export const isRecordable = (role: Role): boolean => !role.startsWith('seller.') && role !== 'compliance.second' && role !== 'policy.admin';

/** The role in which an act is signed first: its own, or the desk's where the desk records what somebody else did. */
export const signingRole = (role: Role, isRecorded: boolean): Role => (isRecorded ? 'seller.desk' : role);

/** The role in which a second person must sign; undefined where one signature is enough. */
export function confirmingRole(act: SignedActName, isRecorded: boolean): Role | undefined {
  if (act === 'submit') return undefined;
  if (act === 'import') return 'compliance.second';
  const spec = isActName(act) ? actSpec(act) : policyActs[act];
  return spec.confirmedBy ?? (isRecorded ? 'compliance.second' : undefined);
}

/** Why an act of a role is not signed by as many people as it takes, or not recorded by the desk; undefined where it is. Looks at no signature. */
export function numberFault(act: SignedActName, role: Role, isRecorded: boolean, isConfirmed: boolean): Refusal | undefined {
  if (isRecorded && (isBeginning(act) || !isRecordable(role))) return refuse('evidence-refused', `${role} signs ${act} itself`, 'the act without evidence');
  const second = confirmingRole(act, isRecorded);
  if (second && !isConfirmed) return refuse('second-missing', `${act} is signed by one person`, `a second signature, as ${second}`);
  return !second && isConfirmed ? refuse('second-refused', `${act} is signed by two people`, 'one signature') : undefined;
}

/** Why those who signed are not those whom the act of a role takes; undefined where they are. Says nothing of who they are. */
export function standingFault(act: SignedActName, role: Role, { kind, by, confirmedBy }: Signed): Refusal | undefined {
  const isRecorded = kind === 'recorded';
  const fault = numberFault(act, role, isRecorded, confirmedBy !== undefined);
  if (fault) return fault;
  const [first, second] = [signingRole(role, isRecorded), confirmingRole(act, isRecorded)];
  if (by.role !== first) return refuse('role-differs', `${act} by ${role} is signed as ${by.role}`, `a signature as ${first}`);
  return confirmedBy && confirmedBy.role !== second
    ? refuse('second-refused', `${act} is confirmed as ${confirmedBy.role}`, `a second signature, as ${second}`)
    : undefined;
}

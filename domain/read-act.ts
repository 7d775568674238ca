import { type Act, type ActName, actNames, actSpec, isActName } from './acts.ts';
import { faultOfText, faultsOf } from './fields.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isRole, type Role, roles } from './roles.ts';

const maximumIdLength = 200;

/** An act as it came in, its fields not looked at yet. */
interface UnreadAct {
  readonly name: ActName;
  readonly id: string;
  readonly by: Role;
  readonly [field: string]: unknown;
}

const fits = (candidate: UnreadAct, faults: readonly string[]): candidate is UnreadAct & Act => faults.length === 0;

/**
 * Reads an act that a person, an event or the Temporal UI sent: `payload` is an object with `by`, the act's fields and,
 * where the sender wants to be safe to send it twice, `id`. Anything else is refused as `invalid-act`, each fault by field.
 */
export function readAct(name: string, payload: unknown, idOtherwise: string): Act | Refusal {
  if (!isActName(name)) return refuse('invalid-act', `${name} is no act`, `one of ${actNames.join(', ')}`);
  const accepted = (): string => `an object such as ${JSON.stringify({ by: actSpec(name).by[0], ...actSpec(name).example })}`;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return refuse('invalid-act', `${name}: expected one object`, accepted());
  // The sandbox's older language copies objects field by field, and would make this one a prototype.
  if (Object.hasOwn(payload, '__proto__')) return refuse('invalid-act', `${name}: __proto__: unknown field`, accepted());
  const { by, id = idOtherwise, ...fields } = payload as Readonly<Record<string, unknown>>;
  if (typeof by !== 'string' || !isRole(by)) return refuse('invalid-act', `${name}: by is ${JSON.stringify(by)}`, `by as one of ${roles.join(', ')}`);
  const idFault = faultOfText(id) ?? (String(id).length > maximumIdLength ? `expected at most ${maximumIdLength} characters` : undefined);
  if (idFault !== undefined || typeof id !== 'string') return refuse('invalid-act', `${name}: id: ${idFault}`, accepted());
  const act: UnreadAct = { ...fields, name, id, by };
  const faults = faultsOf(actSpec(name).fields, fields);
  return fits(act, faults) ? act : refuse('invalid-act', `${name}: ${faults.join('; ')}`, accepted());
}

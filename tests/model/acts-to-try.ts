import { type Act, type ActName, actNames, actSpec } from '../../domain/acts.ts';
import { readAct } from '../../domain/read-act.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { type Role, roles } from '../../domain/roles.ts';
import { type StepName, stepNames } from '../../domain/steps.ts';
import { goodResults } from '../support/orders.ts';

type Fields = Readonly<Record<string, unknown>>;
const basis = '15 CFR 742.6(b)';

/** What the desk shows for a step is the reference that the other side would have answered. */
export const evidenceOf = (step: StepName): string => String(Object.values(goodResults[step]).at(-1));

/** The ways to do an act that matter, where its example is not enough: every choice, and what is refused for what it leaves out. */
const ways: { readonly [N in ActName]?: readonly Fields[] } = {
  recommend: [
    { position: 'no-objection' },
    { position: 'approve-with-conditions', conditions: ['no transfer'] },
    { position: 'deny', basis },
    { position: 'approve-part', units: '2000' },
    { position: 'approve-with-conditions' },
    { position: 'deny' },
    { position: 'no-objection', basis },
    { position: 'deny', basis, conditions: ['no transfer'] },
  ],
  'presidential-decision': [{ decision: 'approve' }, { decision: 'deny' }],
  'issue-license': [{ licenseNumber: 'D1200001' }, { licenseNumber: 'D1200001', conditions: ['no transfer'] }],
  'retry-step': stepNames.map((step) => ({ step })),
  'settle-step': stepNames.flatMap((step) => (['done', 'not-done'] as const).map((outcome) => ({ step, outcome, evidence: evidenceOf(step) }))),
};

function actOf(name: ActName, by: Role, fields: Fields): Act {
  const act = readAct(name, { by, ...fields }, 'an-act');
  if (isRefusal(act)) throw new Error(`a mistake in this list: ${act.message}`);
  return act;
}

/** Every way in which a role may do an act. */
const waysToDo = (name: ActName, by: Role): readonly Act[] => (ways[name] ?? [actSpec(name).example]).map((fields) => actOf(name, by, fields));

/** Whether the rules of edition 1 know an act. */
const isOfEdition1 = (name: ActName): boolean => actSpec(name).since === undefined;

/** Every act that edition 1 knows, in every way that matters by every role that is entitled to it. */
export const entitledActs: readonly Act[] = actNames.filter(isOfEdition1).flatMap((name) => actSpec(name).by.flatMap((by) => waysToDo(name, by)));

/** Every act that edition 1 does not know, by one role that is entitled to it. */
export const laterActs: readonly Act[] = actNames
  .filter((name) => !isOfEdition1(name))
  .flatMap((name) =>
    actSpec(name)
      .by.slice(0, 1)
      .flatMap((by) => waysToDo(name, by)),
  );

/** Every act that edition 1 knows, by one role that is not entitled to it. */
export const actsByAnotherRole: readonly Act[] = actNames.filter(isOfEdition1).flatMap((name) =>
  roles
    .filter((by) => !actSpec(name).by.includes(by))
    .slice(-1)
    .map((by) => actOf(name, by, actSpec(name).example)),
);

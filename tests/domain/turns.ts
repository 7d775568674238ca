import { type ActName, actNames, actSpec } from '../../domain/acts.ts';
import type { Role } from '../../domain/roles.ts';
import { type Rehearsal, rehearsal } from '../support/orders.ts';

const agencies = ['us.state', 'us.energy', 'us.defense'] as const;
const basis = { basis: '15 CFR 742.6(b)' };

export const hit = (): Rehearsal => {
  const order = rehearsal();
  order.results['screen-parties'] = { outcome: 'hit', listVersion: 'list-1', matches: ['entity 17'] };
  return order.submitted();
};

export const short = (free = 100): Rehearsal => {
  const order = rehearsal();
  order.results['reserve-stock'] = { outcome: 'short', free };
  return order.submitted();
};

export const noneObjects = (): Rehearsal =>
  agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'no-objection' }), rehearsal().referred());
export const allDeny = (): Rehearsal =>
  agencies.reduce((order, agency) => order.acts(agency, 'recommend', { position: 'deny', ...basis }), rehearsal().referred());
/** Energy denies alone: the disagreement lies before the President. */
export const disputed = (): Rehearsal =>
  agencies.reduce(
    (order, agency) => order.acts(agency, 'recommend', agency === 'us.energy' ? { position: 'deny', ...basis } : { position: 'no-objection' }),
    rehearsal().referred(),
  );

const applied = (): Rehearsal => rehearsal().licensed().acts('buyer', 'apply-purchase', { applicationNumber: 'CN-1' });
const tested = (): Rehearsal => rehearsal().bothKeys().acts('test.lab', 'pass-inspection', { reportNumber: 'LAB-1' });

export const filingFailed = (): Rehearsal => {
  const order = rehearsal();
  order.slow.add('file-application');
  return order.submitted().fails('file-application');
};

/** For every act an order on which it is in turn with the fields of its example. */
export const turns: { readonly [N in ActName]: () => Rehearsal } = {
  cancel: () => rehearsal().submitted(),
  'clear-hit': hit,
  'confirm-hit': hit,
  'recheck-stock': short,
  'submit-application': () => rehearsal({ fileApplication: 'by-act' }).submitted(),
  register: () => rehearsal().submitted(),
  refer: () => rehearsal().submitted().acts('us.commerce', 'register', { applicationNumber: 'Z100001' }),
  recommend: () => rehearsal().referred(),
  escalate: allDeny,
  'presidential-decision': disputed,
  'issue-license': noneObjects,
  deny: noneObjects,
  'apply-purchase': () => rehearsal().submitted(),
  'approve-purchase': applied,
  'deny-purchase': applied,
  'pass-inspection': () => rehearsal().bothKeys(),
  'fail-inspection': () => rehearsal().bothKeys(),
  'request-retest': () => rehearsal().bothKeys().acts('test.lab', 'fail-inspection', { reportNumber: 'LAB-1', reason: 'bandwidth' }),
  release: tested,
  'confirm-delivery': () => tested().acts('cn.gacc', 'release', { releaseNumber: 'GACC-1' }),
  'retry-step': filingFailed,
  'settle-step': filingFailed,
};

/** The first role that may do an act. */
export function doer(name: ActName): Role {
  const [role] = actSpec(name).by;
  if (role === undefined) throw new Error(`nobody may ${name}`);
  return role;
}

export const everyAct = actNames.map((name) => ({ name, by: doer(name), example: actSpec(name).example }));

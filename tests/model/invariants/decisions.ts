import type { ActName } from '../../../domain/acts.ts';
import type { EventType } from '../../../domain/events.ts';
import type { Role } from '../../../domain/roles.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import { faultOfRecord } from '../said.ts';
import type { Notes } from '../notes.ts';

/** By hand: what only a person can bring about, by which act, in which role. */
const byPeople: { readonly [T in EventType]?: { readonly act: ActName; readonly roles: readonly Role[] } } = {
  'hit-cleared': { act: 'clear-hit', roles: ['compliance.second'] },
  'hit-confirmed': { act: 'confirm-hit', roles: ['compliance.second'] },
  'application-registered': { act: 'register', roles: ['us.commerce'] },
  'application-referred': { act: 'refer', roles: ['us.commerce'] },
  'position-given': { act: 'recommend', roles: ['us.state', 'us.energy', 'us.defense'] },
  escalated: { act: 'escalate', roles: ['us.commerce', 'us.state', 'us.energy', 'us.defense'] },
  'president-decided': { act: 'presidential-decision', roles: ['us.president'] },
  'license-issued': { act: 'issue-license', roles: ['us.commerce'] },
  'license-denied': { act: 'deny', roles: ['us.commerce'] },
  'purchase-applied': { act: 'apply-purchase', roles: ['buyer'] },
  'purchase-approved': { act: 'approve-purchase', roles: ['cn.mofcom', 'cn.miit'] },
  'purchase-denied': { act: 'deny-purchase', roles: ['cn.mofcom', 'cn.miit'] },
  'inspection-passed': { act: 'pass-inspection', roles: ['test.lab'] },
  'inspection-failed': { act: 'fail-inspection', roles: ['test.lab'] },
  'retest-requested': { act: 'request-retest', roles: ['seller.desk'] },
  'customs-released': { act: 'release', roles: ['cn.gacc'] },
  'delivery-confirmed': { act: 'confirm-delivery', roles: ['carrier', 'buyer'] },
  'step-retried': { act: 'retry-step', roles: ['seller.desk'] },
  'step-settled': { act: 'settle-step', roles: ['seller.desk'] },
  'stock-recheck-requested': { act: 'recheck-stock', roles: ['seller.stock'] },
};
/** All that time can bring about by itself. */
const byTime: ReadonlySet<EventType> = new Set(['agency-deemed', 'review-closed']);

const someDenies = (notes: Notes): boolean => Object.values(notes.positions).includes('deny');
const allDeny = (notes: Notes): boolean => Object.values(notes.positions).length === 3 && Object.values(notes.positions).every((word) => word === 'deny');

/** Who decides, and that what was decided is what is recorded. */
export const decisions: readonly Invariant[] = [
  {
    name: 'only-the-named-act-of-the-entitled-role-decides',
    ofCommand: ({ command, events }) => {
      for (const event of events) {
        const people = byPeople[event.type];
        if (!people) continue;
        const { act, roles } = people;
        if (command.type !== 'act' || command.act.name !== act) return `${event.type} without the act ${act}`;
        if (!roles.includes(command.act.by) || event.by !== command.act.by) return `${event.type} by ${event.by ?? 'nobody'}, sent by ${command.act.by}`;
        if (event.act?.id !== command.act.id) return `${event.type} under another act`;
      }
      return undefined;
    },
  },
  {
    name: 'no-timer-decides',
    ofCommand: ({ command, events }) => {
      const wrong = command.type === 'deadline-reached' ? events.find((event) => !byTime.has(event.type)) : undefined;
      return wrong && `time alone brought about ${wrong.type}`;
    },
  },
  { name: 'what-is-recorded-is-what-was-said', ofCommand: faultOfRecord },
  {
    name: 'commerce-licenses-only-what-the-review-lets-it',
    ofCommand: (judged) =>
      atEach(judged, 'license-issued', (_event, notes) =>
        notes.application !== 'closed'
          ? `a license while the application is ${notes.application}`
          : must(
              notes.president === 'approved' || (notes.president === 'not-asked' && !someDenies(notes)),
              'a license against a denial that the President has not set aside',
            ),
      ) ?? atEach(judged, 'license-denied', (_event, notes) => must(notes.president !== 'approved', 'a denial after the President has approved')),
  },
  {
    name: 'the-president-decides-only-disagreements',
    ofCommand: (judged) =>
      atEach(judged, 'president-decided', (_event, notes) => must(notes.president === 'asked', 'the President was not asked')) ??
      atEach(judged, 'escalated', (_event, notes) => must(allDeny(notes) && notes.president === 'not-asked', 'no unanimous denial to disagree with')),
  },
  {
    name: 'silence-is-recorded-as-silence',
    ofState: ({ order: { usReview }, notes }) => {
      if (!('positions' in usReview)) return undefined;
      const wrong = Object.entries(usReview.positions).find(
        ([agency, position]) => (position.state === 'deemed') !== (new Map<string, unknown>(Object.entries(notes.positions)).get(agency) === 'silent'),
      );
      return wrong && `${wrong[0]} was silent or spoke, and the order says ${wrong[1].state}`;
    },
  },
];

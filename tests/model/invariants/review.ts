import { type Agency, agencies } from '../../../domain/roles.ts';
import { hasAllKinds, areContradictory } from '../condition-kinds.ts';
import { atEach, type Invariant, must } from '../invariant.ts';
import type { Judged } from '../core.ts';
import type { Notes } from '../notes.ts';
import { daysToAsk } from '../stopwatch.ts';
import { dissents } from '../takers/review.ts';

const isOneOf = (role: string | undefined): Agency | undefined => agencies.find((agency) => agency === role);
const conditionsOf = (notes: Notes, agency: Agency): readonly string[] => notes.review.conditions[agency] ?? [];
/** All that agencies ask for. */
const askedFor = (notes: Notes): readonly string[] => agencies.flatMap((agency) => conditionsOf(notes, agency));
const sorted = (all: readonly string[]): string => all.toSorted((a, b) => (a < b ? -1 : 1)).join('; ');
const isDecidedAbove = ({ review }: Notes): boolean => review.word !== undefined;

/** A decision of a level by hand: the chair's own word; a committee's majority, and with a tie the word before it. */
const faultOfLevel = (judged: Judged): string | undefined =>
  atEach(judged, 'level-decided', ({ decision: { level, decision, votes } }, notes) => {
    if (notes.review.lies !== level) return `${level} decides what lies before ${notes.review.lies}`;
    if (level === 'oc-chair') return must(votes === undefined, 'the chair decides alone, and votes are told');
    if (!votes) return `${level} decides without votes`;
    const lead = votes.approve.length - votes.deny.length;
    const expected = lead > 0 ? 'approve' : lead < 0 ? 'deny' : notes.review.word;
    return must(decision === expected, `${level} says ${decision} with ${votes.approve.length} votes to approve and ${votes.deny.length} to deny`);
  });

/** An agency takes up only what it dissents from: a decision within its days and with an official and a basis, or one text of conditions. */
const faultOfAppeal = (judged: Judged): string | undefined =>
  atEach(judged, 'escalated', ({ by, official, basis }, notes) => {
    const agency = isOneOf(by);
    if (!agency) return undefined;
    const { lies, concurred } = notes.review;
    if (lies === 'agencies')
      return must(conditionsOf(notes, agency).length > 0 && !concurred.includes(agency), `${agency} takes up conditions in which it has no say`);
    if (lies !== 'appeal' || notes.time.appeal === undefined) return `${agency} appeals while the application lies before ${lies}`;
    return must(
      dissents(notes, agency) && official !== undefined && basis !== undefined,
      `${agency} appeals what it shares, or without an official and a basis`,
    );
  });

/** An offer goes to the applicant when it leaves out nothing that agencies ask for, and contradicting conditions have become one text. */
const faultOfOffer = (judged: Judged): string | undefined =>
  atEach(judged, 'conditions-offered', ({ conditions }, notes) => {
    if (areContradictory(conditions)) return 'an offer that contradicts itself';
    if (isDecidedAbove(notes)) return undefined;
    if (!hasAllKinds(conditions, askedFor(notes))) return 'an offer without all that agencies ask for';
    const waiting = agencies.filter((agency) => conditionsOf(notes, agency).length > 0 && !notes.review.concurred.includes(agency));
    if (notes.review.found !== 'conditions-contradict') return undefined;
    return must(notes.review.lies === 'agencies' && waiting.length === 0, `an offer while ${waiting.join(', ')} may dissent`);
  });

function faultOfConditions(judged: Judged): string | undefined {
  if (judged.before.order.policy.edition === 1) return undefined;
  return atEach(judged, 'license-issued', ({ license }, notes) => {
    const { answer, offer, found } = notes.review;
    const accepted = answer === 'accepted' ? offer : [];
    if (sorted(license.conditions) !== sorted(accepted)) return `a license with ${sorted(license.conditions)}; accepted is ${sorted(accepted)}`;
    if (isDecidedAbove(notes)) return undefined;
    return must(hasAllKinds(license.conditions, askedFor(notes)) && found !== 'conditions-contradict', 'a license without what agencies ask for');
  });
}

const faultOfUnits = (judged: Judged): string | undefined =>
  atEach(judged, 'license-issued', ({ license }, notes) => {
    const { units: ordered } = judged.before.order.terms;
    const most = isDecidedAbove(notes) ? ordered : Math.min(ordered, ...Object.values(notes.review.units).filter((units) => units !== undefined));
    const units = license.units ?? ordered;
    return must(units <= most, `a license for ${units} units where ${most} are approved`);
  });

function faultOfNotice(judged: Judged): string | undefined {
  const { policy } = judged.before.order;
  if (policy.edition === 1 || policy.review.intentToDeny === null) return undefined;
  return atEach(judged, 'license-denied', (_event, notes) =>
    must(notes.review.lies === 'notified' || notes.president === 'denied', 'a denial of which the applicant was not told'),
  );
}

/** The applicant appeals a denial within its days and not after the President; whatever the order gives back or tells goes on. */
const faultOfAppealOfDenial = (judged: Judged): string | undefined =>
  atEach(judged, 'denial-appealed', (event, notes, then) => {
    const { core, before, after, events } = judged;
    if (notes.application !== 'denied' || notes.time['appeal-of-denial'] === undefined) return 'an appeal where none may come';
    if (then.outcome !== notes.outcome) return `an appeal made ${notes.outcome} ${then.outcome}`;
    const appealed = events.slice(0, events.indexOf(event)).reduce(core.evolve, before.order);
    return must(JSON.stringify(after.plan.run) === JSON.stringify(core.plan(appealed).run), 'an appeal changes what the order does');
  });

/** Questions, escalation, conditions and the notice before a denial. */
export const review: readonly Invariant[] = [
  {
    name: 'a-question-stops-clocks-only-in-its-days',
    ofCommand: (judged) =>
      atEach(judged, 'question-asked', ({ stopsClocks, at }, { review: { referredAt } }) =>
        must(referredAt !== undefined && stopsClocks === at - referredAt <= daysToAsk, `a question ${at - (referredAt ?? at)} ms after referral`),
      ),
  },
  { name: 'each-level-decides-by-its-own-rule', ofCommand: faultOfLevel },
  { name: 'an-agency-takes-up-only-what-it-dissents-from', ofCommand: faultOfAppeal },
  {
    name: 'commerce-is-bound-by-who-decided-above',
    ofCommand: (judged) =>
      atEach(judged, 'license-issued', (_event, { review: { word } }) => must(word !== 'deny', 'a license after somebody above has denied')) ??
      atEach(judged, 'denial-notified', (_event, { review: { word } }) => must(word !== 'approve', 'an intent to deny what somebody above has approved')),
  },
  { name: 'an-offer-has-all-that-agencies-ask-for-in-one-text', ofCommand: faultOfOffer },
  { name: 'a-license-carries-exactly-the-conditions-that-were-accepted', ofCommand: faultOfConditions },
  { name: 'a-license-is-for-no-more-units-than-agencies-approve', ofCommand: faultOfUnits },
  { name: 'a-denial-is-told-before-it-is-made', ofCommand: faultOfNotice },
  { name: 'an-appeal-comes-in-its-days-and-suspends-nothing', ofCommand: faultOfAppealOfDenial },
  { name: 'a-day-that-only-reminds-changes-nothing-else', ofCommand: faultOfReminder },
];

/** By hand: what is told when a day has passed on which people should have done something. */
const reminders: ReadonlySet<string> = new Set(['opinions-due', 'limit-reached', 'decision-overdue', 'response-period-ended']);

function faultOfReminder({ before, after, events, command }: Judged): string | undefined {
  if (command.type !== 'deadline-reached' || events.length === 0 || !events.every(({ type }) => reminders.has(type))) return undefined;
  if (after.order.usReview.state !== before.order.usReview.state) return `the review came to ${after.order.usReview.state} by a reminder`;
  const asked = ({ plan }: typeof before): string =>
    plan.asks.flatMap(({ role, acts }) => acts.filter((act) => act !== 'respond-to-intent-to-deny').map((act) => `${role} ${act}`)).join();
  return must(asked(before) === asked(after), 'a reminder changes what people are asked for');
}

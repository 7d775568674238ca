import { actSpec } from './acts.ts';
import { callOf } from './calls.ts';
import type { Role } from './roles.ts';
import type { Ask, Stage, Wants } from './stage.ts';
import { nothing, stageNames } from './stage.ts';
import { holdsExcess } from './stages/amendments.ts';
import { authorityDay } from './rules/authority-day.ts';
import { allocation } from './stages/allocation.ts';
import { chinaReview } from './stages/china-review.ts';
import { conditionAsks, conditionsBefore } from './stages/conditions.ts';
import { fulfillment } from './stages/fulfillment.ts';
import { goodsAsks, goodsSteps } from './stages/goods.ts';
import { intake } from './stages/intake.ts';
import { appealUntil } from './stages/us-review/appeal.ts';
import { running } from './stages/us-review/clocks.ts';
import { usReview } from './stages/us-review/stage.ts';
import { isHeld, type Order } from './state.ts';
import { type Call, type StepName, stepNames, stepTraits } from './steps.ts';
import { takenBack } from './taken-back.ts';

/** A moment in epoch milliseconds, and whose time is up then. */
export interface Deadline {
  readonly at: number;
  readonly roles: readonly Role[];
  /** What is over then, in a word or two. */
  readonly says: string;
  /** The authority's calendar day of it, YYYY-MM-DD. */
  readonly day: string;
}

/** Where an order may stand: in a stage of its journey, or past it. */
export const standings = [...stageNames, 'closing', 'closed'] as const;

/** What an order wants next. */
export interface Plan {
  readonly stage: (typeof standings)[number];
  /** Steps to start now, in this order; nothing depends on how long each takes. */
  readonly run: readonly Call[];
  /** Acts that people are asked for. */
  readonly asks: readonly Ask[];
  /** The next moment at which something happens by itself. */
  readonly deadline: Deadline | undefined;
  readonly closed: boolean;
}

/** The journey from top to bottom; stages on one line go side by side. */
const inSequence: readonly (readonly Stage[])[] = [[intake], [allocation], [usReview], [chinaReview], [fulfillment]];
const sideBySide: readonly (readonly Stage[])[] = [[intake], [allocation], [usReview, chinaReview], [fulfillment]];

/** Whether one of the steps stands like this; of all steps where none are named. */
const anyIs = ({ steps }: Order, state: 'running' | 'failed', of: readonly StepName[] = stepNames): boolean => of.some((step) => steps[step]?.state === state);

/** The whole plan of an order, from its state alone. */
export function plan(order: Order): Plan {
  return order.outcome === undefined ? onTheWay(order) : windingUp(order);
}

function onTheWay(order: Order): Plan {
  const open = openStages(order);
  const first = open[0];
  if (!first) throw new Error(`order ${order.terms.id}: all stages are done, yet the order has not ended`);
  const wants = open.length === 1 ? first.wants(order) : open.map((stage) => stage.wants(order)).reduce(both, nothing);
  const held = isHeld(order);
  const all = [...wants.asks, ...goodsAsks(order), ...conditionAsks(order)];
  const asks = held ? all.flatMap(askedWhileHeld) : all;
  const steps = (holdsExcess(order) ? (['reduce-stock'] as const) : [...goodsSteps(order), ...wants.steps]).filter(
    (step) => conditionsBefore(order, step).length === 0,
  );
  const hasFailed = anyIs(order, 'failed');
  return {
    stage: first.name,
    run: held ? [] : startable(order, hasFailed ? steps.filter((step) => isRetried(order, step)) : steps),
    asks: [...repairsOf(hasFailed), ...(held ? [{ role: 'policy.admin', acts: [] } as const] : []), ...asks],
    deadline: deadlineOf(order),
    closed: false,
  };
}

/** The stages that are not over on the first line of the journey that is not. */
function openStages(order: Order): readonly Stage[] {
  const lines = order.terms.reviews === 'in-sequence' ? inSequence : sideBySide;
  const open = lines.map((line) => line.filter((stage) => !stage.isDone(order))).filter((line) => line.length > 0);
  const [first = [], next = []] = open;
  return first[0] === allocation && isReviewed(order) ? [...next.filter((stage) => stage !== fulfillment), allocation] : first;
}

/** An order that was imported in the midst of its reviews is given stock beside them: nobody stops reviewing it meanwhile. */
const isReviewed = ({ imported, usReview: now }: Order): boolean => imported !== undefined && now.state !== 'not-submitted';

/** An order that has ended takes back what it started, the last step first, and is closed when all of it is settled and no appeal can come any more. */
function windingUp(order: Order): Plan {
  const isRunning = anyIs(order, 'running');
  const hasFailed = anyIs(order, 'failed', windingUpSteps);
  const left = [...(order.decided?.toVoid ? (['void-license'] as const) : []), ...takenBack(order)];
  const next = left[0] ?? (order.outcome === 'delivered' || order.steps['notify-ending']?.state === 'done' ? undefined : 'notify-ending');
  const dueAt = appealUntil(order);
  const closed = next === undefined && !isRunning && dueAt === undefined;
  return {
    stage: closed ? 'closed' : 'closing',
    run: next && !isRunning && !hasFailed ? startable(order, [next]) : [],
    asks: [...repairsOf(hasFailed), ...(dueAt === undefined ? [] : [{ role: 'seller.desk', acts: ['appeal-denial'], dueAt } as const])],
    deadline: deadlineOf(order),
    closed,
  };
}

/** Steps that an ended order still owes; other failed steps no longer matter to it. */
const windingUpSteps: readonly StepName[] = ['notify-ending', 'void-license', ...stepNames.flatMap((step) => stepTraits[step].undoneBy ?? [])];

/** While a failed step waits for the desk nothing new starts; what the desk tries again does. */
const isRetried = (order: Order, step: StepName): boolean => order.steps[step]?.state === 'wanted';

/** Nobody is asked for what would be refused. */
function askedWhileHeld(ask: Ask): Ask[] {
  const taken = ask.acts.filter((act) => actSpec(act).whileHeld === 'taken');
  return taken.length > 0 ? [{ ...ask, acts: taken }] : [];
}

const both = (a: Wants, b: Wants): Wants => ({ steps: [...a.steps, ...b.steps], asks: [...a.asks, ...b.asks] });

/** Steps that were never started or are wanted anew; what runs, is done or failed is not started by itself. */
const startable = (order: Order, steps: readonly StepName[]): Call[] =>
  steps.filter((step) => (order.steps[step]?.state ?? 'wanted') === 'wanted').map((step) => callOf(order, step));

const repairsOf = (hasFailed: boolean): Ask[] => (hasFailed ? [{ role: 'seller.desk', acts: ['retry-step', 'settle-step'] }] : []);

/** The next moment at which something happens by itself. */
function deadlineOf(order: Order): Deadline | undefined {
  const clocks = running(order);
  const at = clocks.reduce((first, clock) => Math.min(first, clock.at), Infinity);
  const due = clocks.filter((clock) => clock.at === at);
  return at === Infinity
    ? undefined
    : { at, roles: due.map(({ role }) => role), says: [...new Set(due.map(({ says }) => says))].join(', '), day: authorityDay(order.policy, at) };
}

const agencyName: { readonly [R in Role]?: string } = { 'us.state': 'State', 'us.energy': 'Energy', 'us.defense': 'Defense' };

/** A deadline as a person reads it. */
export const deadlineSummary = ({ roles, says, day }: Deadline): string =>
  `${[...new Set(roles)].map((role) => agencyName[role] ?? role).join(', ')}: ${says} ${day}`;

/** The people an order waits on, each once. */
export const waitingOn = (asks: readonly Ask[]): Role[] => [...new Set(asks.map((ask) => ask.role))];

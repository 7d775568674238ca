import { fileURLToPath } from 'node:url';
import { median } from './median.ts';
import { readAct } from '../domain/read-act.ts';
import { isRefusal } from '../domain/refusal.ts';
import { readScenario } from '../edge/scenario-file.ts';
import { CoreOrder } from '../rehearsal/core/core-order.ts';
import { CoreWorld } from '../rehearsal/core/world.ts';
import { rehearsalSeed } from '../rehearsal/theatre.ts';

/**
 * How many lifetimes of orders a second the pure core carries from submission to the end, on one thread: the orders of
 * the article's story, again and again, each time in a world of their own. One that does not end as it should fails the run.
 */
const article = readScenario(fileURLToPath(new URL('../scenarios/the-article.yaml', import.meta.url)));
/** A number as the last argument makes a round shorter, to see that the bench runs. */
const asked = Number(process.argv.at(-1));
const secondsOfOneRound = asked > 0 ? asked : 2;
const rounds = 5;

function tellOnce(): number {
  const world = new CoreWorld(rehearsalSeed);
  article.vetted.forEach((customer) => world.customers.set(customer, 'approved'));
  article.stock.forEach((lot) => world.stock.receive(lot, article.start));
  const orders = new Map(article.orders.map(({ terms, policy, submitted }) => [terms.id, new CoreOrder(terms, policy, world, submitted)]));
  for (const [index, step] of article.steps.entries()) {
    if (step.kind !== 'act') throw new Error(`step ${index + 1} of the article's story is a ${step.kind}: this bench plays acts alone`);
    const order = orders.get(step.order);
    const act = readAct(step.name, { ...step.fields, by: step.by }, `step-${index + 1}`);
    if (!order || isRefusal(act)) throw new Error(`step ${index + 1} of the article's story cannot be played`);
    order.passTime(step.at);
    order.act(act);
  }
  for (const { order: id, outcome } of article.expect) {
    const was = orders.get(id)?.order.outcome;
    if (was !== outcome) throw new Error(`order ${id} ended as ${was}, expected ${outcome}`);
  }
  return orders.size;
}

interface Round {
  /** By the processor time that was spent: what one core does in a second of its own. */
  readonly lifetimesPerSec: number;
  /** By the clock on the wall, on which others share the machine. */
  readonly byWallClock: number;
}

function round(): Round {
  const began = performance.now();
  const before = process.cpuUsage();
  let lifetimes = 0;
  while (performance.now() - began < secondsOfOneRound * 1_000) lifetimes += tellOnce();
  const { user, system } = process.cpuUsage(before);
  return {
    lifetimesPerSec: Math.round((lifetimes * 1_000_000) / (user + system)),
    byWallClock: Math.round((lifetimes * 1_000) / (performance.now() - began)),
  };
}

round();
const found: Round[] = [];
for (let index = 1; index <= rounds; index += 1) {
  const one = round();
  found.push(one);
  process.stdout.write(`round ${index} of ${rounds}: ${one.lifetimesPerSec} lifetimes a second of one core, ${one.byWallClock} by the wall clock\n`);
}
const lifetimesPerSec = median(found.map((one) => one.lifetimesPerSec));
process.stdout.write(`${JSON.stringify({ bench: 'core', lifetimesPerSec, byWallClock: median(found.map((one) => one.byWallClock)) })}\n`);

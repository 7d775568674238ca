import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { House } from './house.ts';
import { exitCodes, usage } from './failure.ts';
import { readScenario } from '../edge/scenario-file.ts';
import { tell } from '../rehearsal/director.ts';
import { Calendar } from '../rehearsal/temporal/calendar.ts';
import { TemporalTheatre } from '../rehearsal/temporal/temporal-theatre.ts';
import { claimOrders, submittedAt } from '../ledger/orders.ts';
import { differenceLines, endingLines } from './endings.ts';
import { storyPeople } from './story-people.ts';
import { narrating } from './timeline.ts';
import { canSkipTime } from '../engine/time.ts';
import { quietRuntime } from '../engine/replay.ts';
import { orderLink } from '../engine/connect.ts';
import { orderWorkflowId } from '../workflows/messages.ts';

interface Options {
  readonly once?: boolean;
  readonly story: boolean;
  readonly port?: string;
}
const theStory = fileURLToPath(new URL('../scenarios/the-article.yaml', import.meta.url));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run engine, ledger and worker on this machine and tell the story of the article')
    .option('--once', 'end when the story is told: exit code 0 if every order ended as told, else 1')
    .option('--no-story', 'tell no story')
    .option('--port <port>', 'port of the Temporal server; its UI is 1000 above')
    .addHelpText('after', '\nState is kept in .twokey/ (or TWOKEY_HOME). Ctrl-C ends all of it; the next start finds the orders again.')
    .action((options: Options) => start(options));
}

async function start(options: Options): Promise<void> {
  const port = options.port === undefined ? undefined : Number(options.port);
  if (port !== undefined && !(/^\d+$/.test(options.port ?? '') && port > 0 && port < 64_536))
    throw usage(`--port ${options.port} is no port; accepted are 1 to 64535`);
  const asked = new AbortController();
  const end = (): void => asked.abort();
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  const house = await House.open({ say, ended: asked.signal, ...(port !== undefined && { port }) });
  try {
    if (options.story && !asked.signal.aborted) process.exitCode = await orEnd(story(house), asked.signal);
    if (options.once || asked.signal.aborted) return;
    say('');
    say('In a second terminal: npx twokey orders | status ORDER | inbox ROLE | act ORDER NAME --as ROLE | submit FILE');
    say(`Temporal UI: ${house.engine.ui ?? 'see your Temporal server'}    Ctrl-C ends all of it.`);
    await new Promise((ended) => asked.signal.addEventListener('abort', ended, { once: true }));
    process.exitCode = exitCodes.done;
  } finally {
    await house.close();
  }
}

/** A story that is interrupted is no failure: the next start goes on with it. */
async function orEnd(story: Promise<number>, ended: AbortSignal): Promise<number> {
  const interrupted = new Promise<number>((settle) => ended.addEventListener('abort', () => settle(exitCodes.done), { once: true }));
  story.catch(() => undefined);
  return await Promise.race([story, interrupted]);
}

async function story(house: House): Promise<number> {
  if (!(await canSkipTime(house.engine.client))) {
    say('\nNo story: this Temporal server cannot skip time, and its months would take months.');
    return exitCodes.failed;
  }
  quietRuntime();
  const scenario = readScenario(theStory);
  say(`\n${scenario.title}: months pass by the engine's time skipping.`);
  const ids = scenario.orders.map(({ terms }) => terms.id);
  const begun = (await submittedAt(house.database, ids)) ?? Date.now();
  await claimOrders(
    house.database,
    scenario.orders.map(({ terms, policy }) => ({ terms, policy: policy.id })),
    begun,
  );
  const people = await storyPeople(house.home, scenario);
  if (people === undefined) say("The keys here are somebody's own, so the story is told without signatures.");
  const theatre = new TemporalTheatre(house, { calendar: new Calendar(scenario.start, begun), people });
  const told = await tell(scenario, narrating(theatre, scenario, say));
  say('');
  endingLines(scenario, told).forEach(say);
  if (house.engine.ui) {
    say('');
    for (const id of ids) say(orderLink(house.engine.ui, house.engine.client.options.namespace, orderWorkflowId(id)));
  }
  differenceLines(told).forEach(say);
  return told.passed ? exitCodes.done : exitCodes.failed;
}

import { type Command, Option } from 'commander';
import ora from 'ora';
import { readScenario } from '../edge/scenario-file.ts';
import type { Scenario } from '../edge/scenario.ts';
import { tell } from '../rehearsal/director.ts';
import type { Told } from '../rehearsal/told.ts';
import { differenceLines, endingLines } from './endings.ts';
import { exitCodes } from './failure.ts';
import { createOutput, type Output } from './output.ts';
import { coreStage, type RehearsalStage } from './rehearsal-stage.ts';
import { narrating } from './timeline.ts';

interface Options {
  readonly engine: 'core' | 'temporal';
  readonly json?: boolean;
}

export function addRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('play scenario files and check that they end as they expect')
    .argument('<file...>', 'scenarios, such as scenarios/the-article.yaml')
    .addOption(
      new Option('--engine <engine>', 'core: the rules alone, at once; temporal: a real server, ledger and worker of its own')
        .choices(['core', 'temporal'])
        .default('core'),
    )
    .option('--json', 'print one JSON document a file, each on a line of its own')
    .addHelpText('after', '\nOne file is told as a timeline, of several each is a line. Exit code 1 where one ends otherwise than it expects.')
    .action((files: string[], options: Options) => rehearse(files, options));
}

async function rehearse(files: readonly string[], { engine, json = false }: Options): Promise<void> {
  const scenarios = files.map(readScenario);
  const out = createOutput(json);
  const results: Told[] = [];
  const waiting = ora({ isSilent: !process.stderr.isTTY, discardStdin: false });
  const stage = engine === 'temporal' ? await (await import('./temporal-stage.ts')).openTemporalStage(waiting) : coreStage;
  try {
    for (const [index, scenario] of scenarios.entries()) {
      const isTold = files.length === 1 && !json;
      if (!isTold) waiting.start(`${index + 1} of ${files.length}: ${scenario.title}`);
      const told = await Promise.race([play(scenario, stage, isTold ? out : undefined), stage.interrupted]);
      waiting.stop();
      out.result(told);
      out.say(...(isTold ? ['', ...endingLines(scenario, told)] : [`${told.passed ? 'passed' : 'failed'}  ${told.scenario}`]), ...differenceLines(told));
      results.push(told);
    }
  } finally {
    waiting.stop();
    await stage.close();
  }
  const failed = results.filter((told) => !told.passed).length;
  if (results.length > 1) out.say(`${results.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = exitCodes.failed;
}

async function play(scenario: Scenario, stage: RehearsalStage, out: Output | undefined): Promise<Told> {
  const theatre = await stage.theatreFor(scenario);
  out?.say(scenario.title);
  const told = await tell(scenario, out ? narrating(theatre, scenario, (line) => out.say(line)) : theatre);
  await stage.clear(scenario);
  return told;
}

import { fileURLToPath } from 'node:url';
import { readScenario } from '../edge/scenario-file.ts';
import type { Scenario } from '../edge/scenario.ts';
import { tell } from '../rehearsal/director.ts';
import { Calendar } from '../rehearsal/temporal/calendar.ts';
import { peopleFor } from '../rehearsal/temporal/people.ts';
import { TemporalTheatre } from '../rehearsal/temporal/temporal-theatre.ts';
import { type MeteredStage, openMeteredStage } from './metered-stage.ts';

const rounds = 5;
const article = readScenario(fileURLToPath(new URL('../scenarios/the-article.yaml', import.meta.url)));

/** Milliseconds of the worker's processor that the article's story takes, three orders with 26 acts. */
async function cost(stage: MeteredStage, story: Scenario): Promise<number> {
  const people = await peopleFor(story, stage.home);
  const before = await stage.workerCpuMs();
  const { passed } = await tell(story, new TemporalTheatre(stage, { calendar: new Calendar(story.start, Date.now()), people }));
  if (!passed) throw new Error(`the story did not end as it should: see ${stage.home}`);
  const after = await stage.workerCpuMs();
  await stage.clear();
  return after - before;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

/**
 * Which part of the worker's processor time goes into signatures: the same story with and without them, in turn, so that whatever else the
 * machine does falls on both. What a signed order costs more is not arithmetic alone: envelopes are longer, and steps are checked, too.
 */
export async function measureShare(say: (line: string) => void): Promise<{ readonly cpuShare: number; readonly plainMs: number; readonly signedMs: number }> {
  const stage = await openMeteredStage();
  const costs: Record<'plain' | 'signed', number[]> = { plain: [], signed: [] };
  try {
    // The first of each makes the worker's code warm.
    for (let round = 0; round <= rounds; round += 1) {
      const plain = await cost(stage, { ...article, isSigned: false });
      const signed = await cost(stage, { ...article, isSigned: true });
      say(
        `${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${Math.round(plain)} ms of the worker without signatures, ${Math.round(signed)} ms with`,
      );
      if (round === 0) continue;
      costs.plain.push(plain);
      costs.signed.push(signed);
    }
  } finally {
    await stage.close();
  }
  const [plainMs, signedMs] = [median(costs.plain), median(costs.signed)];
  return { cpuShare: Math.round((1 - plainMs / signedMs) * 100) / 100, plainMs: Math.round(plainMs), signedMs: Math.round(signedMs) };
}

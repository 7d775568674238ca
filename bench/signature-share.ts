import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readScenario } from '../edge/scenario-file.ts';
import type { Scenario } from '../edge/scenario.ts';
import { tell } from '../rehearsal/director.ts';
import { openPlayhouse, openTheatre, type Playhouse } from '../rehearsal/temporal/playhouse.ts';
import { median } from './median.ts';

const rounds = 5;
const article = readScenario(fileURLToPath(new URL('../scenarios/the-article.yaml', import.meta.url)));

/** As the kernel of Linux counts: ticks of a hundredth of a second, in user and in system, fields 14 and 15 of a process's line. */
const tickMs = 10;
function cpuMs(pid: number | undefined): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? NaN) + (system ?? NaN)) * tickMs;
}

/** Milliseconds of the worker's processor that the article's story takes, three orders with 26 acts. */
async function cost(playhouse: Playhouse, story: Scenario): Promise<number> {
  const before = cpuMs(playhouse.workerPid());
  const { passed } = await tell(story, await openTheatre(playhouse, story));
  if (!passed) throw new Error(`the story did not end as it should: see ${playhouse.home}`);
  const spent = cpuMs(playhouse.workerPid()) - before;
  await playhouse.clear(story);
  return spent;
}

/**
 * Which part of the worker's processor time goes into signatures: the same story with and without them, in turn, so that whatever else the
 * machine does falls on both. What a signed order costs more is not arithmetic alone: envelopes are longer, and steps are checked, too.
 */
export async function measureShare(say: (line: string) => void): Promise<{ readonly cpuShare: number; readonly plainMs: number; readonly signedMs: number }> {
  const playhouse = await openPlayhouse({ environment: process.env, bundleFolder: tmpdir(), say });
  const costs: Record<'plain' | 'signed', number[]> = { plain: [], signed: [] };
  try {
    // The first of each makes the worker's code warm.
    for (let round = 0; round <= rounds; round += 1) {
      const plain = await cost(playhouse, { ...article, isSigned: false });
      const signed = await cost(playhouse, { ...article, isSigned: true });
      say(`${round === 0 ? 'warming up' : `round ${round} of ${rounds}`}: ${plain} ms of the worker without signatures, ${signed} ms with`);
      if (round === 0) continue;
      costs.plain.push(plain);
      costs.signed.push(signed);
    }
  } finally {
    await playhouse.close();
  }
  const [plainMs, signedMs] = [median(costs.plain), median(costs.signed)];
  return { cpuShare: Math.round((1 - plainMs / signedMs) * 100) / 100, plainMs, signedMs };
}

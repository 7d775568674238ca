import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { quietRuntime } from '../../engine/replay.ts';
import { readScenario } from '../../edge/scenario-file.ts';
import type { Scenario } from '../../edge/scenario.ts';
import { openCoreTheatre } from '../../rehearsal/core/core-theatre.ts';
import { tell } from '../../rehearsal/director.ts';
import { openTheatre, type Playhouse } from '../../rehearsal/temporal/playhouse.ts';
import { keepHistory } from '../support/kept-history.ts';
import { generatedStory, storyOf } from './generated-story.ts';
import { library } from './library.ts';
import { onCoreTime } from './nearly-alike.ts';
import { Playhouses } from './playhouses.ts';

/** How many generated stories are told; a number of their own each run, unless TWOKEY_SEED names the first. */
const stories = Number(process.env['TWOKEY_DIFFERENTIAL'] ?? 12);
const firstSeed = Number(process.env['TWOKEY_SEED'] ?? Date.now() % 1_000_000_000);
const patience = 300_000;
/** Much of a story is waiting, above all for a worker that died: two are told at a time. */
const atOnce = 2;

const playhouses = new Playhouses(atOnce);
beforeAll(async () => {
  quietRuntime();
  await playhouses.open();
  process.stderr.write(`differential: ${stories} generated stories from TWOKEY_SEED=${firstSeed}\n`);
}, patience);
afterAll(() => playhouses.close(), patience);

let told = 0;
function progress(): void {
  told += 1;
  if (told % 10 === 0) process.stderr.write(`differential: ${told} of ${library.length + stories} stories\n`);
}

/** What the core and a real engine say of a story; times and titles are the story's own on both. */
async function toldByBoth(scenario: Scenario, keep: (playhouse: Playhouse) => Promise<void> = async () => undefined) {
  const { engine: _core, ...core } = await tell(scenario, openCoreTheatre(scenario));
  return await playhouses.lend(async (playhouse) => {
    try {
      const { engine: _temporal, ...temporal } = await tell(scenario, await openTheatre(playhouse, scenario));
      await keep(playhouse);
      return { core, temporal: onCoreTime(temporal, core) };
    } finally {
      await playhouse.clear(scenario);
      progress();
    }
  });
}

describe.concurrent('a scenario of the library', () => {
  it.each(library)(
    '$name ends as it expects, on the core and on Temporal alike',
    async ({ name, file }) => {
      const scenario = readScenario(file);
      const { core, temporal } = await toldByBoth(scenario, async (playhouse) => {
        for (const { terms } of scenario.orders)
          await keepHistory(playhouse.engine.client, playhouse.bundlePath, terms.id, scenario.orders.length > 1 ? `${name}-${terms.id}` : name);
      });
      expect(core.differences).toEqual([]);
      expect(temporal).toEqual(core);
    },
    patience,
  );
});

describe.concurrent('a generated story', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twokey-stories-'));
  it.each(Array.from({ length: stories }, (_, index) => firstSeed + index))(
    'of seed %i is the same on the core and on Temporal',
    async (seed) => {
      const story = await generatedStory(seed);
      const file = join(folder, `${seed}.yaml`);
      writeFileSync(file, stringify(story));
      const { core, temporal } = await toldByBoth(storyOf(story));
      expect(temporal, `the story is kept: twokey rehearse --engine temporal ${file}`).toEqual(core);
    },
    patience,
  );
});

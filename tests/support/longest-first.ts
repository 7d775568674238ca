import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that run for longest, the longest first: begun late, one of them would run on while the other core has nothing to do. */
const longest = [
  'tests/rehearsal/differential.test.ts',
  'tests/model/model-check.test.ts',
  'tests/cli/docs.test.ts',
  'tests/cli/start-story.test.ts',
  'tests/model/two-holds.test.ts',
  'tests/model/random-walks.test.ts',
  'tests/model/mutants.test.ts',
  'tests/workers/repair.test.ts',
  'tests/workers/kill.test.ts',
  'tests/cli/rehearse.test.ts',
  'tests/workflows/histories.test.ts',
  'tests/record/tampering.test.ts',
  'tests/duties/mutants.test.ts',
  'tests/duties/exhaustive.test.ts',
  'tests/cli/screening.test.ts',
  'tests/cli/keys.test.ts',
];

/** How late a file comes: by its place in the list, after all groups before its own. */
function place({ moduleId, project }: TestSpecification): readonly [group: number, rank: number] {
  const rank = longest.findIndex((file) => moduleId.endsWith(`/${file}`));
  return [project.config.sequence.groupOrder, rank === -1 ? longest.length : rank];
}

/** Vitest's own order, with the longest files first in each group. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => {
      const [[group, rank], [otherGroup, otherRank]] = [place(one), place(other)];
      return group - otherGroup || rank - otherRank;
    });
  }
}

import { describe, expect, it } from 'vitest';
import { type ActName, actNames, actSpec } from '../../domain/acts.ts';
import { readScenario } from '../../edge/scenario-file.ts';
import { library } from './library.ts';

type Tried = 'taken' | 'by the wrong role' | 'at the wrong time' | 'a second time';

/** How each act is tried in the stories of the library: an act that is refused for what it says shows nothing of its time. */
function tries(): ReadonlyMap<ActName, ReadonlySet<Tried>> {
  const tried = new Map(actNames.map((name): [ActName, Set<Tried>] => [name, new Set()]));
  for (const { file } of library) {
    const taken = new Set<string>();
    for (const step of readScenario(file).steps) {
      if (step.kind !== 'act' || step.refused === 'invalid-act') continue;
      const once = `${step.order} ${step.name}`;
      if (step.refused === undefined) {
        taken.add(once);
        tried.get(step.name)?.add('taken');
      } else if (!actSpec(step.name).by.includes(step.by)) {
        if (step.refused === 'not-entitled') tried.get(step.name)?.add('by the wrong role');
      } else tried.get(step.name)?.add(taken.has(once) ? 'a second time' : 'at the wrong time');
    }
  }
  return tried;
}

describe('the scenarios of this release', () => {
  const tried = tries();

  it.each(actNames)('show %s where it is taken, and refused by the wrong role, at the wrong time and a second time', (name) => {
    expect([...(tried.get(name) ?? [])].toSorted()).toEqual(['a second time', 'at the wrong time', 'by the wrong role', 'taken']);
  });
});

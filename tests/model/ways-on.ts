import type { Exploration } from './explore.ts';
import { invariants } from './invariants.ts';
import { Broken } from './story.ts';

const ofGraph = invariants.find((one) => one.ofGraph);

/** States from which no ending is reached by what people are told about: dead ends. Numbers of states, shortest way first. */
function deadEnds({ nodes }: Exploration): number[] {
  const cameFrom: number[][] = nodes.map(() => []);
  nodes.forEach(({ waysOn }, index) => waysOn.forEach((next) => cameFrom[next]?.push(index)));
  const reaches = nodes.map((node) => node.isEnd);
  const open = nodes.flatMap((node, index) => (node.isEnd ? [index] : []));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const before of cameFrom[next] ?? []) {
      if (reaches[before]) continue;
      reaches[before] = true;
      open.push(before);
    }
  }
  return reaches.flatMap((does, index) => (does ? [] : [index]));
}

/** How many states have a way on: all of them, or the shortest way to a dead end is thrown. */
export function countWaysOn(explored: Exploration): number {
  const [first, ...others] = deadEnds(explored);
  if (first === undefined) return explored.nodes.length;
  if (!ofGraph) throw new Error('no invariant speaks of the whole graph');
  throw new Broken({ invariant: ofGraph, why: `a dead end, and ${others.length} more` }, explored.wayTo(first));
}

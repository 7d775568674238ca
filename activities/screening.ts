import type { StepResults } from '../domain/steps.ts';
import type { Database } from '../ledger/database.ts';
import { simulatedListing } from '../ledger/simulated-list.ts';
import type { ScreeningPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

type Answer = StepResults['screen-parties'];

/** A simulated restricted-party screening; `twokey screening simulate` changes its list. */
export function simulateScreening(world: SimulatedWorld, database: Database): ScreeningPort {
  const lookUp = (when: 'screen-parties' | 'rescreen-parties', customer: string) => listedNow(database, customer, simulatedAnswers[when](customer));
  return {
    rescreen: async (request) => {
      const answer = await lookUp('rescreen-parties', request.customer);
      return await world.happen('rescreen-parties', request, () => answer);
    },
    screen: async (request) => {
      const answer = await lookUp('screen-parties', request.customer);
      return await world.happen('screen-parties', request, () => answer);
    },
    lookUp: ({ customer }) => lookUp('rescreen-parties', customer),
  };
}

/** What the list says of a customer once somebody has changed it. */
async function listedNow(database: Database, customer: string, answer: Answer): Promise<Answer> {
  const { changes, isListed = answer.outcome === 'hit' } = await simulatedListing(database, customer);
  if (changes === 0) return answer;
  const listVersion = `${answer.listVersion}+${changes}`;
  return isListed ? { outcome: 'hit', listVersion, matches: [customer] } : { outcome: 'clear', listVersion };
}

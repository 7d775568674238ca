import type { NoticesPort } from './ports.ts';
import { simulatedAnswers } from './simulated-answers.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** Simulated notices to the buyer. A licensee tells the parties the conditions of a license in writing (15 CFR 750.7). */
export const simulateNotices = (world: SimulatedWorld): NoticesPort => ({
  tellLicense: (request) => world.happen('notify-license', request, simulatedAnswers['notify-license']),
  tellEnding: (request) => world.happen('notify-ending', request, simulatedAnswers['notify-ending']),
});

import type { NoticesPort } from './ports.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** Simulated notices to the buyer. A licensee tells the parties the conditions of a license in writing (15 CFR 750.7). */
export const simulateNotices = (world: SimulatedWorld): NoticesPort => ({
  tellLicense: (request) => world.happen('notify-license', request, (reference) => ({ noticeReference: `NOTICE-${reference}` })),
  tellEnding: (request) => world.happen('notify-ending', request, (reference) => ({ noticeReference: `NOTICE-${reference}` })),
});

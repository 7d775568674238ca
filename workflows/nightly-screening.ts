import { continueAsNew, proxyActivities, setCurrentDetails, sleep } from '@temporalio/workflow';
import type { Looked, ScreeningActivities } from '../activities/nightly-screening.ts';

/** What the nights before have left. */
interface NightlyInput {
  readonly last?: Screened;
}

/** A run that is over: its name, and how many customers it looked at. */
interface Screened {
  readonly run: string;
  readonly customers: number;
}

/** Lists that are away at night are asked again until they answer: a night is late, and never left out. */
const patient = { startToCloseTimeout: '10 minutes', heartbeatTimeout: '30 seconds', retry: { maximumInterval: '1 minute' } } as const;
/** Somebody waits for the answer. */
const prompt = { ...patient, retry: { maximumAttempts: 3 } } as const;

/** Waits for the next night and then looks at the customers of all open orders again, night after night. */
export async function nightlyScreening({ last }: NightlyInput = {}): Promise<never> {
  const { day, at } = await proxyActivities<ScreeningActivities>(patient)['find-night']({ after: Date.now() });
  const before = last ? `Night of ${last.run}: ${customersOf(last.customers)}.` : 'No night before.';
  setCurrentDetails(`## Waits for the night of ${day}\n\nIt begins at ${new Date(at).toISOString()}.\n\n${before}`);
  await sleep(Math.max(1, at - Date.now()), { summary: `night of ${day}` });
  const done = await screenAll(day, patient);
  return await continueAsNew<typeof nightlyScreening>({ last: done });
}

/** Looks at them at once; the run is named by its moment. */
export const screeningNow = (): Promise<Screened> => screenAll(new Date(Date.now()).toISOString().replaceAll(':', ''), prompt);

async function screenAll(run: string, options: typeof patient | typeof prompt): Promise<Screened> {
  const { 'screen-customers': screen } = proxyActivities<ScreeningActivities>(options);
  let customers = 0;
  let page: Looked;
  do {
    setCurrentDetails(`## Screening ${run}\n\nSo far ${customersOf(customers)}.`);
    page = await screen.executeWithOptions({ summary: `open customers after ${customersOf(customers)}` }, [{ run, at: Date.now() }]);
    customers += page.customers;
  } while (!page.isDone);
  setCurrentDetails(`## Screening ${run}\n\nDone: ${customersOf(customers)}. \`twokey screening show\` tells what was found.`);
  return { run, customers };
}

const customersOf = (count: number): string => `${count} customer${count === 1 ? '' : 's'} looked at`;

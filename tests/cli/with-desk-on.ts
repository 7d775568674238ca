import { afterAll, beforeAll } from 'vitest';
import { Cli } from '../support/cli.ts';
import { Desk } from '../support/desk.ts';

/** A command line and the desk that it speaks to. */
export interface Beside {
  readonly cli: Cli;
  readonly desk: Desk;
}

/** For one test file: a desk on the ledger at this address, which is told once its tests begin, and a command line beside it. */
export function withDeskOn(ledger: { readonly url: string }): Beside {
  let opened: Beside | undefined;
  beforeAll(async () => {
    const desk = await Desk.open({ worker: true, databaseUrl: ledger.url });
    opened = { desk, cli: Cli.beside(desk.engine.taskQueue, { database: ledger.url }) };
  });
  afterAll(() => opened?.desk.close());
  const here = (): Beside => {
    if (!opened) throw new Error('the desk is open only while tests run');
    return opened;
  };
  return {
    get desk() {
      return here().desk;
    },
    get cli() {
      return here().cli;
    },
  };
}

import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { LedgerOpened } from './embedded.ts';
import { lockFolder } from './lock.ts';

/** The process of the embedded ledger: `node embedded-main.ts FOLDER`; tells its parent the port that it was given. */
const inMemory = 'memory://';
const [, , folder = inMemory] = process.argv;
const unlock = folder === inMemory ? () => undefined : lockFolder(folder);
const database = await PGlite.create(folder);
const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 50 });
await server.start();

const end = async (): Promise<void> => {
  await server.stop();
  await database.close();
  unlock();
  process.exit(0);
};
process.once('SIGTERM', () => void end());
process.once('SIGINT', () => undefined);
// The parent holds the other end of this channel: a ledger never outlives its twokey.
process.once('disconnect', () => void end());
process.send?.({ address: server.getServerConn() } satisfies LedgerOpened);

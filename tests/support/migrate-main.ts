import { migrate } from '../../ledger/database.ts';

/** A process that brings a ledger's schema up to date and ends: `node migrate-main.ts URL`. */
const [, , url = ''] = process.argv;
await migrate(url);
process.exit(0);

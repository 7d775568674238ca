import type { Command } from 'commander';
import { importDigest } from '../domain/past.ts';
import type { OrderInFlight } from '../edge/import-file.ts';
import { beginningOf } from '../engine/beginning.ts';
import { type Engine, orderLink } from '../engine/connect.ts';
import { startOrder } from '../engine/orders.ts';
import { unheardHolds } from '../ledger/board-tidings.ts';
import { claimOrders } from '../ledger/orders.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { orderWorkflowId } from '../workflows/messages.ts';
import { tellOrders } from './customer-orders.ts';
import { withEngine, withLedger } from './desk.ts';
import { refused } from './failure.ts';
import { standingLines, standingOf } from './import-shown.ts';
import { readInFlight } from './in-flight.ts';
import { importLicenses, licenseSentence } from './license-import.ts';
import { createOutput, type Output } from './output.ts';
import { refusingSecrets } from './passphrase.ts';
import { type Importer, importerHere, type ImportSigning } from './signed-import.ts';

interface Options extends ImportSigning {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addImport(program: Command): void {
  refusingSecrets(program.command('import'))
    .description('take over orders in flight and licenses that are used in part, with their past and its evidence; the same file twice changes nothing')
    .argument('<file>', 'a YAML or JSON file with orders, licenses or both')
    .option('--dry-run', 'tell where each order would stand, and start nothing')
    .option('--holder <code>', 'who of the desk signs, where several can here')
    .option('--confirm-by <code>', 'the second person, whose key is here too, where several can')
    .option('--unsigned', 'sign nothing although there are keys here: the orders take plain acts')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample file: examples/orders-in-flight.yaml. How to write one: docs/how-to/import-orders.md.')
    .action((file: string, options: Options) => importFile(file, options, createOutput(options.json ?? false)));
}

async function importFile(file: string, options: Options, out: Output): Promise<void> {
  const recordedAt = Date.now();
  const { orders, licenses } = readInFlight(file, recordedAt);
  const standings = orders.map(standingOf);
  if (options.dryRun) {
    out.result({ dryRun: true, orders: standings, licenses: licenses.map(({ number }) => number) });
    out.say(...standings.flatMap(standingLines), ...licenses.map(({ number, used }) => `license ${number}, ${used.units} units of it used before`));
    return out.note('nothing was started: this was a dry run');
  }
  const importer = await importerHere(options, out);
  const claims = orders.map(({ terms, policy }) => ({ terms, policy: policy.id }));
  const ids = orders.map(({ terms }) => terms.id);
  const done = await withEngine(async (engine) => {
    const known = await knownOf(engine, orders);
    return await withLedger(async (database) => {
      await claimOrders(database, claims, recordedAt);
      const recorded = await importLicenses(database, licenses, recordedAt, importer);
      const holds = await unheardHolds(database, ids);
      const imported = await Promise.all(orders.map((order) => start(engine, order, known, importer)));
      return { imported, licenses: recorded, held: await tellOrders(engine, database, holds) };
    });
  });
  out.say(...done.licenses.map(licenseSentence));
  for (const one of done.imported) out.say(`${one.order} ${sentenceOf(one, importer)}${one.ui ? `  ${one.ui}` : ''}`);
  for (const { order, says } of done.held) out.say(`  ${order}  ${says}`);
  out.result(done);
}

/** The orders that were imported before with this very past. Throws `CommandFailure`, `import-conflict`, where an id stands for an order with another. */
async function knownOf({ client }: Engine, orders: readonly OrderInFlight[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const { terms, told } of orders) {
    const begun = await beginningOf(client, terms.id);
    if (!begun) continue;
    if (!begun.imported) throw refused('import-conflict', `order ${terms.id} began here, by twokey submit: it has no other past`);
    if (importDigest(begun.imported, nodePrimitives) !== importDigest(told, nodePrimitives))
      throw refused('import-conflict', `order ${terms.id} was imported before with another past: what has happened since is told by its acts`);
    known.add(terms.id);
  }
  return known;
}

interface Imported {
  readonly order: string;
  readonly state: 'imported' | 'known';
  /** Entries of its past. */
  readonly entries: number;
  readonly takes: 'signed' | 'plain' | null;
  readonly ui: string | null;
}

async function start(
  { client, taskQueue, ui }: Engine,
  { terms, policy, told }: OrderInFlight,
  known: ReadonlySet<string>,
  importer: Importer | 'none',
): Promise<Imported> {
  const link = ui ? orderLink(ui, client.options.namespace, orderWorkflowId(terms.id)) : null;
  const of = { order: terms.id, entries: told.past.length, ui: link };
  if (known.has(terms.id)) return { ...of, state: 'known', takes: null };
  const trust = importer === 'none' ? undefined : await importer.trustFor(terms, policy, told);
  const state = await startOrder(client, taskQueue, terms, policy, { imported: told, ...(trust && { trust }) });
  return state === 'known' ? { ...of, state, takes: null } : { ...of, state: 'imported', takes: trust ? 'signed' : 'plain' };
}

function sentenceOf({ state, entries, takes }: Imported, importer: Importer | 'none'): string {
  if (state === 'known') return 'was imported before, nothing changed';
  const signed = takes === 'signed' && importer !== 'none' ? `, signed by ${importer.holder} and confirmed by ${importer.confirmedBy}` : '';
  return `imported with ${entries} entries of its past${signed}`;
}

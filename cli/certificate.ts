import { type Command, InvalidArgumentError } from 'commander';
import { type Release, releasesIn } from '../record/release-grounds.ts';
import { orderIdOf } from './desk.ts';
import { refused } from './failure.ts';
import { count, createOutput, moment, table } from './output.ts';

interface Options {
  readonly wave?: number;
  readonly json?: boolean;
}

export function addCertificate(program: Command): void {
  program
    .command('certificate')
    .description('the release certificate of each wave that has left: on which license, approval, list and papers, and who brought each about')
    .argument('<order>', 'id of the order', orderIdOf)
    .option('--wave <number>', 'of this wave alone, the first being 1', waveOf)
    .option('--json', 'for scripts: one JSON document')
    .action(async (order: string, { wave, json = false }: Options) => {
      const { sourceOf } = await import('./record-source.ts');
      const { chain } = await sourceOf(order, undefined);
      const all = releasesIn(chain.entries);
      const asked = all.filter((one) => wave === undefined || one.wave === wave);
      if (asked.length === 0)
        throw refused(
          'not-yet',
          `order ${order}: ${wave === undefined ? 'no goods have' : `wave ${wave} has not`} left. Accepted: an order of which some have`,
        );
      const out = createOutput(json);
      out.result({ order, releases: asked.map(releaseDocument) });
      for (const release of asked) out.say(...releaseLines(order, release));
    });
}

function waveOf(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a number from 1');
}

const iso = (at: number): string => new Date(at).toISOString();
const releaseDocument = ({ at, grounds, ...release }: Release): unknown => ({
  ...release,
  at: iso(at),
  grounds: grounds.map((ground) => ({ ...ground, at: iso(ground.at) })),
});

function releaseLines(order: string, { wave, units, waybill, at, certificate, grounds }: Release): string[] {
  const heading = `${order} wave ${wave}: ${count(units)} units left on ${moment(at)}, waybill ${waybill}`;
  if (!certificate) return [heading, '  its policy asks for no certificate'];
  const { license, approval } = certificate;
  const balances = [
    ...(license?.balance ? [`license ${license.number}: ${count(license.balance.before)} units before, ${count(license.balance.after)} after`] : []),
    ...(approval ? [`approval ${approval.number}: ${count(approval.balance.before)} units before, ${count(approval.balance.after)} after`] : []),
  ];
  const rows = grounds.map(({ what, number, at: told, by, signedBy, entry }) => [
    ...[what, number, moment(told), by ?? 'system', signedBy.join(' and ') || '-', String(entry)],
  ]);
  return [
    heading,
    `  release certificate ${certificate.number}, policy epoch ${certificate.policyEpoch}`,
    ...balances.map((line) => `  ${line}`),
    '',
    table(['what', 'number', 'since', 'by', 'signed by', 'entry'], rows),
  ];
}

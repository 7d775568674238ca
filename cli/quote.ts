import type { Command } from 'commander';
import { readOrders } from '../edge/order-file.ts';
import { createOutput } from './output.ts';
import { today } from './policy-asked.ts';
import { quoteFor } from './quote-for.ts';
import { quoteLines } from './quote-lines.ts';
import { unitsInUseHere } from './quote-units.ts';
import { calendarDayOf } from './times.ts';

interface Options {
  readonly policy?: string;
  readonly on?: string;
  readonly json?: boolean;
}

export function addQuote(program: Command): void {
  program
    .command('quote')
    .description('tell what an order that is not submitted would meet')
    .argument('<file>', 'one order or a list of orders, as for submit')
    .option('--policy <id>', "the policy to judge by; else the order's, or that in force")
    .option('--on <day>', 'the day on which it would be filed; else today')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  twokey quote examples/order.yaml\n  twokey quote order.yaml --policy 2026-01-rule --on 2026-02-02 --json' +
        '\nRoute, levy, headroom of quotas, papers, end use, days. Nothing is submitted,' +
        '\nand no server is needed. Each order is quoted as if it were alone.' +
        '\nJSON: the quote of one order, or {"quotes": [...]} of several.',
    )
    .action(async (file: string, options: Options) => {
      const out = createOutput(options.json ?? false);
      const orders = readOrders(file);
      const filedOn = options.on === undefined ? today() : calendarDayOf(options.on);
      const inUse = await unitsInUseHere();
      const quotes = orders.map(({ terms, policy }) => quoteFor(terms, { policy: options.policy ?? policy, filedOn, inUse }));
      out.result(quotes.length === 1 ? quotes[0] : { quotes });
      out.say(quotes.map((quote) => quoteLines(quote).join('\n')).join('\n\n'));
    });
}

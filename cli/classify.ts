import type { Command } from 'commander';
import type { ProductSpec } from '../domain/product.ts';
import { classify } from '../domain/rules/eligibility.ts';
import { grouped } from '../domain/rules/figure-words.ts';
import { pinned } from '../edge/policy-pinned.ts';
import { findProduct, productTable } from '../edge/products.ts';
import { levyOf } from '../domain/rules/levy.ts';
import { usage } from './failure.ts';
import { levyLines, shownLevy } from './levy-shown.ts';
import { createOutput } from './output.ts';
import { policyAsked, today } from './policy-asked.ts';
import { reasonsTable } from './reasons-shown.ts';

interface Options {
  readonly tpp?: string;
  readonly bandwidth?: string;
  readonly policy?: string;
  readonly json?: boolean;
}

export function addClassify(program: Command): void {
  program
    .command('classify')
    .description('tell how an application for a product is looked at, and its levy')
    .argument('[product]', 'a product by its code, such as H200')
    .option('--tpp <number>', 'total processing performance, in place of a product')
    .option('--bandwidth <number>', 'total DRAM bandwidth in GB/s, with --tpp')
    .option('--policy <id>', 'the policy to judge by; else the one in force today')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExamples:\n  twokey classify H200\n  twokey classify MI325X --policy 2026-01-rule\n  twokey classify --tpp 20999 --bandwidth 6499 --json' +
        '\nWhat a policy does not decide, and a figure that nobody knows, give needs-ruling.',
    )
    .action((product: string | undefined, options: Options) => {
      const out = createOutput(options.json ?? false);
      const asked = productAsked(product, options);
      const policy = policyAsked(options.policy, today());
      const { eligibility, levy: rules } = pinned(policy, asked.spec);
      const { route, reasons } = classify(asked.spec, eligibility);
      const levy = levyOf(rules, asked.spec);
      const { rate, base, band } = shownLevy(levy);
      out.result({ product: asked.product, policy: policy.id, route, reasons, levy: { rate, base, band } });
      out.say(`${asked.spec.code} under ${policy.id}: ${route}`, reasonsTable(reasons), '', ...levyLines(levy));
    });
}

/** A product of this release, or figures that belong to none. Throws `CommandFailure` where both are given, or neither is whole. */
function productAsked(product: string | undefined, { tpp, bandwidth }: Options): { product: string | null; spec: ProductSpec } {
  const codes = [...productTable().keys()].join(', ');
  if (product !== undefined && (tpp !== undefined || bandwidth !== undefined))
    throw usage(`${product.slice(0, 40)} and figures: give a product, or --tpp and --bandwidth`, 'usage');
  if (product !== undefined) {
    const spec = findProduct(product);
    if (!spec) throw usage(`product ${product.slice(0, 40)} is unknown; accepted are ${codes}, or --tpp and --bandwidth`, 'product-unknown');
    return { product, spec };
  }
  if (tpp === undefined || bandwidth === undefined) throw usage(`nothing to classify: give a product (${codes}), or --tpp and --bandwidth together`, 'usage');
  const figures = { tpp: figureOf('--tpp', tpp), bandwidth: figureOf('--bandwidth', bandwidth) };
  const code = `TPP ${grouped(figures.tpp)} with ${grouped(figures.bandwidth)} GB/s`;
  return { product: null, spec: { code, maker: 'unknown', ...figures, memoryGb: 'unknown', certainty: 'verified' } };
}

function figureOf(option: string, text: string): number {
  const figure = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
  if (figure === undefined) throw usage(`${option} ${text.slice(0, 40)}: expected a number from 0 to 999999999, such as 15832`, 'figure-invalid');
  return figure;
}

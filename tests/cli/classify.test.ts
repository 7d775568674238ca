import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cli, expectFailure, expectSentence } from '../support/cli.ts';

/** No engine is known here: none is needed. */
let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

const answerSchema = z.strictObject({
  product: z.string().nullable(),
  policy: z.string(),
  route: z.enum(['case-by-case', 'presumption-of-denial', 'no-license-required', 'needs-ruling']),
  reasons: z.array(z.string().min(1)).min(1),
  levy: z.strictObject({ rate: z.union([z.number(), z.literal('unknown')]), base: z.string(), band: z.string().nullable() }),
});
const classify = async (...args: readonly string[]) => answerSchema.parse(await cli.json('classify', ...args));

describe('twokey classify', () => {
  it.each([
    ['H200', 'case-by-case', 0.25, 'band-1'],
    ['MI325X', 'case-by-case', 0.25, 'band-2'],
    ['H100', 'case-by-case', 0, null],
    ['B30A', 'presumption-of-denial', 0, null],
    ['Gaudi3', 'needs-ruling', 'unknown', null],
  ] as const)('answers for %s under the rule of January 2026: %s, %s, %s', async (product, route, rate, band) => {
    const answer = await classify(product, '--policy', '2026-01-rule');
    expect(answer).toMatchObject({ product, policy: '2026-01-rule', route, levy: { rate, base: 'entered-value', band } });
  });

  it('answers for figures, to which exactly a limit is over it', async () => {
    const january = ['--policy', '2026-01-rule'];
    expect(await classify('--tpp', '20999', '--bandwidth', '6499', ...january)).toMatchObject({ product: null, route: 'case-by-case' });
    const over = await classify('--tpp', '21000', '--bandwidth', '6499', ...january);
    expect(over.route).toBe('presumption-of-denial');
    expect(over.reasons).toContainEqual(expect.stringContaining('TPP 21,000 is not below 21,000'));
    expect(await classify('--tpp', '20999', '--bandwidth', '6500', ...january)).toMatchObject({ route: 'presumption-of-denial' });
    expect(await classify('--tpp', '20999.5', '--bandwidth', '0', ...january)).toMatchObject({ route: 'case-by-case' });
  });

  it('judges by the policy in force today where none is named', async () => {
    const { policy } = await classify('H200');
    const named = await classify('H200', '--policy', policy);
    expect(await classify('H200')).toEqual(named);
    expect(policy).not.toBe('2025-08-revenue-share');
    expect(policy).not.toBe('us-ladder');
  });

  it('tells a person the route, why, and the levy with whom it is taken from', async () => {
    expect(await cli.text('classify', 'H200', '--policy', '2025-12-announcement')).toBe(
      [
        'H200 under 2025-12-announcement: case-by-case',
        '#   WHY',
        '1   row "announced" matches, case-by-case: it names H200',
        '',
        'levy 25 % of invoiced revenue',
        '  paid by the seller after the sale, when it is invoiced',
        '  whether it is refundable is not known; who bears it in the price is not known',
        '',
      ].join('\n'),
    );
  });
});

describe('what cannot be classified is told with exit code 2, and what would be right', () => {
  it.each([
    ['nothing', [], 'usage', /give a product \(H200, .*Gaudi3\), or --tpp and --bandwidth together/],
    ['a product and figures', ['H200', '--tpp', '1', '--bandwidth', '1'], 'usage', /give a product, or --tpp and --bandwidth/],
    ['a product and one figure', ['H200', '--bandwidth', '1'], 'usage', /give a product, or --tpp and --bandwidth/],
    ['one figure', ['--tpp', '15832'], 'usage', /--tpp and --bandwidth together/],
    ['the other figure', ['--bandwidth', '4800'], 'usage', /--tpp and --bandwidth together/],
    ['an unknown product', ['H9000'], 'product-unknown', /product H9000 is unknown; accepted are H200, /],
    ['a product of every object', ['__proto__'], 'product-unknown', /accepted are/],
    ['an empty product', [''], 'product-unknown', /accepted are/],
    ['a negative figure', ['--tpp', '-5', '--bandwidth', '1'], 'figure-invalid', /--tpp -5: expected a number from 0 to/],
    ['no number', ['--tpp', 'NaN', '--bandwidth', '1'], 'figure-invalid', /--tpp NaN: expected a number/],
    ['no end', ['--tpp', '1', '--bandwidth', 'Infinity'], 'figure-invalid', /--bandwidth Infinity: expected a number/],
    ['a number in another writing', ['--tpp', '0x10', '--bandwidth', '1'], 'figure-invalid', /--tpp 0x10/],
    ['a number with commas', ['--tpp', '21,000', '--bandwidth', '1'], 'figure-invalid', /--tpp 21,000/],
    ['a number past all chips', ['--tpp', '1e300', '--bandwidth', '1'], 'figure-invalid', /--tpp 1e300/],
    ['an empty figure', ['--tpp', '', '--bandwidth', '1'], 'figure-invalid', /--tpp : expected/],
    ['an unknown policy', ['H200', '--policy', '2027'], 'policy-unknown', /policy 2027 is unknown; accepted are 2025-08-revenue-share, /],
    ['a way out of the folder of policies', ['H200', '--policy', '../package'], 'policy-unknown', /accepted are/],
    ['the table of products as a policy', ['H200', '--policy', 'products'], 'policy-unknown', /accepted are/],
  ] as const)('%s', async (_what, args, code, sentence) => {
    expect(await expectFailure(cli, 2, code, 'classify', ...args)).toMatch(sentence);
  });

  it('names that would show something else than they say', async () => {
    const ran = await cli.run('classify', 'H200\u001b[2J\u202e');
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expectSentence(ran.stderr);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { Cli, expectFailure, newId, orderYaml } from '../support/cli.ts';

/** No engine is known here: a faulty file is told before anything is asked. */
let cli: Cli;
beforeAll(() => {
  cli = new Cli();
});

const expectFaulty = (text: string | Uint8Array, name?: string): Promise<string> => expectFailure(cli, 2, 'invalid-document', 'submit', cli.write(text, name));

describe('an order file that is none is told with exit code 2, whatever is wrong with it', () => {
  it.each([
    ['YAML that breaks off', 'id: [A-1', /:1:9: /],
    ['YAML with a tab for a space', 'id: A-1\n\tunits: 5\n', /:2:1: /],
    ['a key that comes twice', `${orderYaml('A-1')}units: 7\n`, /unique|twice|already|duplicate/i],
    ['nothing', '', /empty/],
    ['a comment only', '# to do\n', /empty|expected/],
    ['a single word', 'order\n', /expected object/],
    ['an empty list', '[]\n', /expected|>=1|at least/i],
    ['a list of lists', '[[1]]\n', /\[0\]/],
    ['two documents', `${orderYaml('A-1')}---\n${orderYaml('A-2')}`, /more than one document/],
    ['a tag that runs code elsewhere', orderYaml('A-1', { customer: '!!js/function "function(){}"' }), /tag/i],
    ['an alias that grows without end', 'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n', /alias/i],
  ])('%s', async (_what, text, sentence) => {
    expect(await expectFaulty(text)).toMatch(sentence);
  });

  it('JSON that breaks off', async () => {
    expect(await expectFaulty('{"id": "A-1", "units": ', 'broken.json')).toMatch(/broken\.json:1:24: /);
  });

  it('2 MB, however well formed', async () => {
    expect(await expectFaulty(`# ${'x'.repeat(2_000_000)}\n${orderYaml('A-1')}`)).toMatch(/at most 524288/);
  });

  it('bytes that are no text', async () => {
    await expectFaulty(Uint8Array.from({ length: 512 }, (_, index) => (index * 37) % 256));
  });

  it('a file that is not there', async () => {
    expect(await expectFailure(cli, 2, 'invalid-document', 'submit', 'nowhere.yaml')).toContain('nowhere.yaml: no such file');
  });

  it('a folder', async () => {
    expect(await expectFailure(cli, 2, 'invalid-document', 'submit', cli.home)).toContain(cli.home);
  });
});

describe('an order with a field that is not as it should be is told so by the name of the field', () => {
  it.each([
    ['units', '-5'],
    ['units', '0'],
    ['units', '1.5'],
    ['units', '.nan'],
    ['units', '.inf'],
    ['units', '10000001'],
    ['units', '1e300'],
    ['units', 'many'],
    ['units', '"500"'],
    ['units', 'null'],
    ['units', '[500]'],
    ['units', undefined],
    ['unitPriceMinor', '-1'],
    ['unitPriceMinor', '0.5'],
    ['unitPriceMinor', '9007199254740993'],
    ['unitPriceMinor', '999999999999999'],
    ['product', 'H201'],
    ['product', 'constructor'],
    ['currency', 'CNY'],
    ['customerClass', 'friend'],
    ['endUse', 'military'],
    ['reviews', 'at-once'],
    ['fileApplication', 'never'],
    ['shipBy', '2026-02-30'],
    ['id', '""'],
    ['id', '" "'],
    ['id', '../x'],
    ['id', 'a/b'],
    ['id', 'a..b'],
    ['id', '__proto__'],
    ['id', '7'],
    ['id', `${'a'.repeat(65)}`],
    ['id', '"A-1\\e[2J"'],
    ['id', '"A-1\\u202e"'],
    ['id', '"A-1\\0"'],
    ['customer', '"\\u202eevil"'],
    ['policy', '../../package'],
  ])('%s: %s', async (field, value) => {
    expect(await expectFaulty(orderYaml(field === 'id' ? '' : 'A-1', { [field]: value }))).toContain(`: ${field}: `);
  });

  it.each(['remark', 'constructor', '__proto__', 'toString'])('a field that there is none of, %s', async (field) => {
    expect(await expectFaulty(`${orderYaml('A-1')}${field}: {}\n`)).toContain(field);
  });

  it('each fault at once, and in which order of the list', async () => {
    const message = await expectFaulty(JSON.stringify([{ id: 'A-1', units: -1 }, { id: '../x' }]));
    expect(message).toContain('[0].units');
    expect(message).toContain('[1].id');
  });

  it.each(['2020-01-never', 'constructor', 'NO.SUCH'])('a policy that there is none of, %s', async (policy) => {
    const message = await expectFailure(cli, 2, 'policy-unknown', 'submit', cli.write(orderYaml('A-1', { policy })));
    expect(message).toContain('2025-12-announcement');
  });

  it('to a person in lines on stderr, with nothing on stdout', async () => {
    const ran = await cli.run('submit', cli.write(orderYaml('A-1', { units: '-5', product: 'H201' })));
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^twokey: .*: product: .*\n.*: units: expected at least 1\n$/);
  });
});

it('of a list with one faulty order none is submitted', async () => {
  const beside = Cli.beside('nobody');
  const good = newId('GOOD');
  const indented = orderYaml(good).trimEnd().replaceAll('\n', '\n  ');
  await expectFailure(beside, 2, 'invalid-document', 'submit', beside.write(`- ${indented}\n- {}\n`));
  expect(await expectFailure(beside, 3, 'order-unknown', 'status', good)).toContain(good);
});

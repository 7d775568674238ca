import { products } from '../../domain/terms.ts';
import { describe, expect, it } from 'vitest';
import { readOrders } from '../../edge/order-file.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const good: Readonly<Record<string, string>> = {
  id: 'A-1001',
  customer: 'core-cloud-1',
  customerClass: 'core',
  product: 'H200',
  units: '6000',
  unitPriceMinor: '3000000',
  currency: 'USD',
  endUse: 'model-training',
};
/** An order file as YAML, with some fields written otherwise; undefined leaves one out. */
function yaml(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const fields = Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined);
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}
const read = (text: string) => readOrders(folder.write('order.yaml', text));
const faultsOf = (text: string) => faultOf(() => read(text)).faults;

describe('an order file', () => {
  it('is read with its defaults: reviews in sequence, filing by act, no policy', () => {
    expect(read(yaml())).toEqual([
      {
        terms: {
          id: 'A-1001',
          customer: 'core-cloud-1',
          customerClass: 'core',
          product: 'H200',
          units: 6_000,
          unitPriceMinor: 3_000_000,
          currency: 'USD',
          endUse: 'model-training',
          reviews: 'in-sequence',
          fileApplication: 'by-act',
        },
        policy: undefined,
      },
    ]);
  });

  it('may name everything', () => {
    const [order] = read(yaml({ reviews: 'side-by-side', fileApplication: 'when-allocated', shipBy: '2026-02-16', policy: '2025-12-announcement' }));
    expect(order).toMatchObject({
      terms: { reviews: 'side-by-side', fileApplication: 'when-allocated', shipBy: '2026-02-16' },
      policy: '2025-12-announcement',
    });
  });

  it('may be JSON, and may be a list of many orders', () => {
    const one = { ...read(yaml())[0]?.terms };
    expect(read(JSON.stringify(one))).toHaveLength(1);
    const many = Array.from({ length: 500 }, (_, index) => ({ ...one, id: `A-${index}` }));
    expect(read(JSON.stringify(many)).map((order) => order.terms.id)).toEqual(many.map((order) => order.id));
  });

  it('may name an order with every sign that is accepted, up to 64', () => {
    for (const id of ['a', 'A.b-c_9', `a${'b'.repeat(63)}`]) expect(read(yaml({ id }))[0]?.terms.id).toBe(id);
  });

  it('takes revenue up to exactly 10^15 minor units', () => {
    expect(read(yaml({ units: '10000000', unitPriceMinor: '100000000' }))[0]?.terms).toMatchObject({ units: 10_000_000, unitPriceMinor: 100_000_000 });
  });
});

const wholeUnits = 'whole number from 1 to 10000000';
const code = '1 to 64 letters, digits, dots, hyphens or underscores';

describe('a faulty field is told by its path and with what is accepted', () => {
  it.each([
    ['units', '-1', 'at least 1'],
    ['units', '0', 'at least 1'],
    ['units', '-0', 'at least 1'],
    ['units', '10000001', 'at most 10000000'],
    ['units', '1.5', wholeUnits],
    ['units', '.nan', wholeUnits],
    ['units', '.inf', wholeUnits],
    ['units', '-.inf', wholeUnits],
    ['units', '"6000"', wholeUnits],
    ['units', 'six thousand', wholeUnits],
    ['units', '1_000', wholeUnits],
    ['units', 'null', wholeUnits],
    ['units', '[6000]', wholeUnits],
    ['units', 'true', wholeUnits],
    ['units', undefined, wholeUnits],
    ['unitPriceMinor', '-3', 'at least 1'],
    ['unitPriceMinor', '0.01', 'whole number from 1 to 1000000000000000'],
    ['unitPriceMinor', '99999999999999999999', 'whole number from 1 to 1000000000000000'],
    ['unitPriceMinor', '1000000000000001', 'at most 1000000000000000'],
    ['unitPriceMinor', '166666666667', 'past 1000000000000000 minor units'],
    ['product', 'H201', products.map((code) => `"${code}"`).join('|')],
    ['product', 'h200', '"H200"'],
    ['currency', 'CNY', '"USD"'],
    ['customerClass', 'friend', '"core"|"standard"'],
    ['endUse', 'military', '"model-training"'],
    ['reviews', 'both', '"in-sequence"|"side-by-side"'],
    ['fileApplication', 'never', '"when-allocated"|"by-act"'],
    ['shipBy', '2026-02-30', 'such as 2026-02-16'],
    ['shipBy', '16.2.2026', 'such as 2026-02-16'],
    ['shipBy', '2026-02-16T00:00:00Z', 'such as 2026-02-16'],
    ['id', '""', code],
    ['id', '" "', code],
    ['id', 'a/b', code],
    ['id', '../../etc/passwd', code],
    ['id', '.hidden', code],
    ['id', '-flag', code],
    ['id', '"a\\nb"', code],
    ['id', '"a\\u0000"', code],
    ['id', '"a\\u202eb"', code],
    ['id', 'Ä-1', code],
    ['id', `a${'b'.repeat(64)}`, code],
    ['id', 'a..b', 'two dots in a row'],
    ['id', '1001', 'an order id as a text'],
    ['id', undefined, 'an order id as a text'],
    ['customer', 'Core Cloud Ltd.', code],
    ['policy', '../policy', code],
  ] as const)('%s: %s', (field, written, accepted) => {
    const faults = faultsOf(yaml({ [field]: written }));
    const told = faults.filter((fault) => fault.path === field).map((fault) => fault.message);
    expect(told.join('; ')).toContain(accepted);
    expect(faults.map((fault) => fault.path)).toEqual(told.map(() => field));
  });

  it('in a list by its place in the list, all faults at once', () => {
    const list = `- {${Object.entries(good)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')}}\n- { id: B-1, units: -4 }\n`;
    const paths = faultsOf(list).map((fault) => fault.path);
    expect(paths).toEqual(expect.arrayContaining(['[1].units', '[1].product', '[1].customer', '[1].unitPriceMinor']));
    expect(paths.every((path) => path.startsWith('[1].'))).toBe(true);
  });

  it('past every number is told, and so is what it would come to', () => {
    expect(faultsOf(yaml({ units: '1e308' }))).toEqual(expect.arrayContaining([{ path: 'units', message: 'expected at most 10000000', line: 5, column: 8 }]));
  });

  it('that nobody knows is named', () => {
    expect(faultsOf(yaml({ unit: '6000' }))).toEqual([
      { path: 'unit', message: expect.stringContaining('accepted are id, customer') as unknown, line: 9, column: 1 },
    ]);
  });

  it('with file, line and column in front of it, for people who submit many', () => {
    const file = folder.write('wrong.yaml', yaml({ units: '0' }));
    expect(faultOf(() => readOrders(file)).message).toBe(`${file}:5:8: units: expected at least 1`);
  });
});

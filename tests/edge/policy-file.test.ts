import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { readPolicy } from '../../edge/policy-file.ts';
import { faultOf, temporaryFolder } from './written.ts';

const folder = temporaryFolder();
const good: Readonly<Record<string, string>> = {
  id: '2025-12-announcement',
  effective: '2025-12-08',
  sources: '[announcement]',
  edition: '1',
  opinionDays: '30',
  levyPercent: '25',
};
const yaml = (changes: Readonly<Record<string, string | undefined>> = {}): string =>
  Object.entries({ ...good, ...changes })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
const read = (changes?: Readonly<Record<string, string | undefined>>) => readPolicy(folder.write('policy.yaml', yaml(changes)));

describe('a policy file', () => {
  it('gives the agencies their days in milliseconds and the levy in basis points', () => {
    expect(read()).toEqual({ id: '2025-12-announcement', edition: 1, opinionMs: 2_592_000_000, levyBasisPoints: 2_500 });
  });

  it('that is released is read', () => {
    const file = fileURLToPath(new URL('../../policies/2025-12-announcement.yaml', import.meta.url));
    expect(readPolicy(file)).toEqual({ id: '2025-12-announcement', edition: 1, opinionMs: 2_592_000_000, levyBasisPoints: 2_500 });
  });

  it('may set any levy from 0 to 100 % in hundredths, exactly', () => {
    for (let basisPoints = 0; basisPoints <= 10_000; basisPoints += 7) {
      expect(read({ levyPercent: (basisPoints / 100).toFixed(2) }).levyBasisPoints).toBe(basisPoints);
    }
  });

  it.each([
    ['id', 'Announcement 2025'],
    ['id', '../policy'],
    ['id', '""'],
    ['id', undefined],
    ['effective', '8 December 2025'],
    ['effective', '2025-13-08'],
    ['sources', '[]'],
    ['sources', '[""]'],
    ['sources', 'hearsay'],
    ['edition', '2'],
    ['edition', '"1"'],
    ['opinionDays', '0'],
    ['opinionDays', '-30'],
    ['opinionDays', '30.5'],
    ['opinionDays', '366'],
    ['opinionDays', '.nan'],
    ['opinionDays', 'thirty'],
    ['opinionDays', undefined],
    ['levyPercent', '-1'],
    ['levyPercent', '100.01'],
    ['levyPercent', '25.005'],
    ['levyPercent', '.nan'],
    ['levyPercent', '.inf'],
    ['levyPercent', '25 %'],
    ['levyPercent', undefined],
  ] as const)('with %s: %s is refused, names the field and tells what is wrong', (field, written) => {
    const { faults } = faultOf(() => read({ [field]: written }));
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) {
      expect(fault.path.split(/[.[]/)[0]).toBe(field);
      expect(fault.message).toMatch(/expected|Invalid|Too/);
    }
  });

  it('with a number that no rule uses is refused by its name', () => {
    expect(faultOf(() => read({ opinionWeeks: '4' })).message).toContain('opinionWeeks: unknown field, accepted are id');
  });
});

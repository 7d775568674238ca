import { levyOn } from './levy.ts';

/**
 * The levy on one wave of an order in minor units, when waves worth `beforeMinor` have gone before it: what rounding left of those is carried, so
 * that the levies of all waves add up to the levy on their sum, whatever the order of the waves. A wave of one minor unit may thus bear
 * none or one whole unit.
 */
export function levyOnWave(beforeMinor: number, waveMinor: number, basisPoints: number): number {
  if (!Number.isSafeInteger(waveMinor) || waveMinor < 0) throw new RangeError(`a wave of ${waveMinor} is not a whole number of minor units from 0 to 2^53`);
  return levyOn(beforeMinor + waveMinor, basisPoints) - levyOn(beforeMinor, basisPoints);
}

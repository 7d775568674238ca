/** Numbers between two bounds; a bound that is left out does not bind. */
export interface Range {
  /** Strictly more than. */
  readonly above?: number;
  /** This or more. */
  readonly from?: number;
  /** Strictly less than. */
  readonly below?: number;
}

/** Whether a number lies in a range; every number lies in one without bounds. */
export const isWithin = (value: number, { above = -Infinity, from = -Infinity, below = Infinity }: Range): boolean =>
  value > above && value >= from && value < below;

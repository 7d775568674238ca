/** Who reports that goods went where they may not. `us.oee` is the Office of Export Enforcement of BIS; it acts on no order. */
export const diversionReporters = ['seller.desk', 'buyer', 'us.oee'] as const;
export type DiversionReporter = (typeof diversionReporters)[number];

/** Who closes a case; of the desk it takes two people. */
export const diversionClosers = ['us.oee', 'seller.desk'] as const;
export type DiversionCloser = (typeof diversionClosers)[number];

/** What a closed case was found to be. One that is unfounded holds nothing any more. */
export const diversionFindings = ['unfounded', 'substantiated'] as const;
export type DiversionFinding = (typeof diversionFindings)[number];

/** The name of a case, which is that of its holds as well. */
export const diversionCase = (number: number): string => `diversion-${number}`;

/** The number of a case by its name; undefined where the text is no such name. */
export function numberOfCase(text: string): number | undefined {
  const [, digits] = /^diversion-([1-9]\d{0,8})$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

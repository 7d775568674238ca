import { type Actors, dutyFault, withActors } from '../../domain/signing/duties.ts';
import type { Role } from '../../domain/roles.ts';
import type { Signatory, Signed } from '../../domain/signing/signed.ts';

/** The rule as the orders know it; a test may put a broken one in its place. */
export interface Judge {
  readonly dutyFault: typeof dutyFault;
  readonly withActors: (actors: Actors, signed: Signed) => Actors;
}

export const theJudge: Judge = { dutyFault, withActors };

/** The code of a person who is known by number, from 1 on. */
export const codeOf = (person: number): string => `person-${person}`;
/** The same person as one bit of a number. */
export function bitOf(person: number): number {
  if (person > 30) throw new Error(`no bit is left for person ${person}`);
  return 1 << person;
}

export const signatory = (role: Role, person: string, inPlaceOf?: string): Signatory => ({
  ...{ person, role, key: `key of ${person} as ${role}` },
  ...(inPlaceOf !== undefined && { inPlaceOf }),
});

const evidence = { document: 'ab'.repeat(32), issuerNumber: 'BIS-2026-17', decidedAt: 0 };

export const signed = (by: Signatory, confirmedBy?: Signatory, isRecorded = false): Signed => ({
  by,
  ...(confirmedBy && { confirmedBy }),
  ...(isRecorded ? { kind: 'recorded', evidence } : { kind: 'authenticated' }),
});

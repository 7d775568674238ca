import { isActName } from '../domain/acts.ts';
import type { Role } from '../domain/roles.ts';
import type { SignedActName } from '../domain/signing/claims.ts';
import { moment, type Output, visible } from './output.ts';

/** A signed act that was kept in a file. */
export interface Kept {
  readonly act: SignedActName;
  readonly id: string;
  readonly order: string;
  readonly file: string;
  readonly signedBy: readonly string[];
  /** The role in which a second person has still to sign. */
  readonly awaits: Role | undefined;
  /** Until when the signatures are good, epoch milliseconds. */
  readonly expires: number;
}

/** Tells what was kept, and who does what with it next. */
export function tellKept({ act, id, order, file, signedBy, awaits, expires }: Kept, out: Output): void {
  out.result({ act, id, order, file, signedBy, awaits: awaits ?? null, expires: new Date(expires).toISOString() });
  const shown = visible(file);
  out.say(
    `${act} on ${order}, signed by ${signedBy.join(' and ')}, is kept in ${shown} and good until ${moment(expires)} UTC`,
    awaits === undefined ? `not sent yet: twokey send ${shown}` : `not sent yet: somebody else signs as ${awaits} by twokey confirm ${shown}`,
    ...(isActName(act) ? [] : ['the policy board has it, and lets nothing ship that has not heard of it; the order hears of it when it is sent']),
  );
}

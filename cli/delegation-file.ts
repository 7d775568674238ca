import { z } from 'zod';
import { isRefusal } from '../domain/refusal.ts';
import { roles } from '../domain/roles.ts';
import { delegationType } from '../domain/signing/delegation.ts';
import { openCompact } from '../domain/signing/envelope.ts';
import { nodePrimitives } from '../trust/primitives.ts';
import { usage } from './failure.ts';
import { readSmallFile } from './files.ts';

/** A delegation in a file, and whom it lets act in which role; whether that is so is for the order to judge. */
export interface WrittenDelegation {
  readonly jws: string;
  readonly role: (typeof roles)[number];
  readonly to: string;
}

const longest = 8_000;
const said = z.looseObject({ role: z.enum(roles), to: z.string() });

/** Reads what `twokey delegate` wrote. Throws `CommandFailure`: `file-unreadable`, `delegation-invalid`. */
export function readDelegationFile(file: string): WrittenDelegation {
  const delegation = readDelegation(readSmallFile(file).trimEnd());
  if (!delegation) throw usage(`${file}: holds no delegation; expected one line that twokey delegate wrote`, 'delegation-invalid');
  return delegation;
}

/** Reads a delegation as it travels; undefined where it is none. */
export function readDelegation(jws: string): WrittenDelegation | undefined {
  const opened = openCompact(jws, { typ: delegationType, longest }, nodePrimitives);
  const read = isRefusal(opened) ? undefined : said.safeParse(parsed(opened.text));
  return read?.success ? { jws, role: read.data.role, to: read.data.to } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

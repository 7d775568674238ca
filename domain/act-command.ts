import { type ActName, exampleFor } from './acts.ts';
import type { Role } from './roles.ts';

/** A field of an act as an option of the command line. */
export const optionName = (field: string): string => `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const quoted = (value: unknown): string => (/^[\w.:-]+$/.test(String(value)) ? String(value) : JSON.stringify(value));

/** How a person does an act from the command line, with the fields of its example: where acts are signed, no object sent from the Temporal UI is enough. */
export function commandOf(order: string, act: ActName, role: Role): string {
  const options = Object.entries(exampleFor(act, role)).flatMap(([field, value]) => [
    optionName(field),
    ...(Array.isArray(value) ? value : [value]).map(quoted),
  ]);
  return ['npx twokey act', order, act, '--as', role, ...options].join(' ');
}

import { type Role, roles } from '../roles.ts';

/** Every role that may have a key: those who act, and the auditor, who signs what the record came to. */
export const keyRoles: readonly KeyRole[] = [...roles, 'auditor'];
export type KeyRole = Role | 'auditor';

export const isKeyRole = (text: string): text is KeyRole => (keyRoles as readonly string[]).includes(text);

/** A person's code, by the rule of every id that people write: 1 to 64 plain characters, no two dots in a row. */
export const isHolder = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) && !text.includes('..');

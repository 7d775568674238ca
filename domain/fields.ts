/**
 * The form of an act's fields as data: CLI options, Temporal UI examples and the check in the workflow follow from it.
 * Kept this small on purpose: it runs inside Update validators, where a schema library costs more than the workflow itself.
 */
/** `since` names the edition of the rules that knows the field, where the first does not. */
export type Field =
  | { readonly kind: 'text'; readonly optional?: true; readonly since?: 2; readonly help: string }
  | { readonly kind: 'texts'; readonly optional?: true; readonly since?: 2; readonly help: string }
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly optional?: true; readonly since?: 2; readonly help: string }
  /** Several of a few words, each at most once. */
  | { readonly kind: 'choices'; readonly of: readonly string[]; readonly optional?: true; readonly since?: 2; readonly help: string }
  /** A whole number from 1 in decimal digits: a text, since only texts are signed. */
  | { readonly kind: 'count'; readonly optional?: true; readonly since?: 2; readonly help: string }
  /** A calendar day as YYYY-MM-DD. */
  | { readonly kind: 'day'; readonly optional?: true; readonly since?: 2; readonly help: string };
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F extends Field> = F extends { kind: 'choice'; of: readonly (infer C)[] }
  ? C
  : F extends { kind: 'choices'; of: readonly (infer C)[] }
    ? readonly C[]
    : F extends { kind: 'texts' }
      ? readonly string[]
      : string;
type OptionalNames<F extends Fields> = { [N in keyof F]: F[N] extends { optional: true } ? N : never }[keyof F];
/** The values that a form describes. */
export type ValuesOf<F extends Fields> = {
  readonly [N in Exclude<keyof F, OptionalNames<F>>]: ValueOf<F[N]>;
} & { readonly [N in OptionalNames<F>]?: ValueOf<F[N]> };

const wholeNumber = /^[1-9]\d{0,8}$/;
/** Whether a text is a day that the calendar knows, as YYYY-MM-DD. */
export const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value);
/** A SHA-256 as 64 small hexadecimal digits. */
export const digestForm = /^[0-9a-f]{64}$/;
export const isDigest = (value: unknown): boolean => typeof value === 'string' && digestForm.test(value);

const maximumLength = 2_000;
const maximumTexts = 50;
// Control, bidirectional and zero-width characters make a text read as something else than it is.
const unreadable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What is wrong with a text that a person or system sent; undefined where nothing is. */
export function faultOfText(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'expected a text';
  if (value.trim() === '') return 'expected a text that is not empty';
  if (value.length > maximumLength) return `expected at most ${maximumLength} characters, got ${value.length}`;
  if (unreadable.test(value)) return 'expected a text without control or invisible characters';
  return undefined;
}

function faultOfField(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case 'text':
      return faultOfText(value);
    case 'choice':
      return typeof value === 'string' && field.of.includes(value) ? undefined : `expected one of ${field.of.join(', ')}`;
    case 'texts': {
      if (!Array.isArray(value) || value.length === 0 || value.length > maximumTexts) return `expected a list of 1 to ${maximumTexts} texts`;
      return value.map(faultOfText).find((fault) => fault !== undefined);
    }
    case 'choices': {
      const fits =
        Array.isArray(value) &&
        value.length > 0 &&
        new Set(value).size === value.length &&
        value.every((one) => typeof one === 'string' && field.of.includes(one));
      return fits ? undefined : `expected some of ${field.of.join(', ')}, each once`;
    }
    case 'count':
      return typeof value === 'string' && wholeNumber.test(value) ? undefined : 'expected a whole number from 1 to 999999999 in digits';
    case 'day':
      return typeof value === 'string' && isDay(value) ? undefined : 'expected a calendar day such as 2026-02-16';
  }
}

/** What is wrong with an act's fields, each fault with the field's name; empty where the values fit the form. */
export function faultsOf(fields: Fields, values: Readonly<Record<string, unknown>>): string[] {
  const faults: string[] = [];
  for (const name of Object.keys(values))
    if (!Object.hasOwn(fields, name)) faults.push(`${name}: unknown field, accepted are ${Object.keys(fields).join(', ') || 'none'}`);
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    const fault = value !== undefined ? faultOfField(field, value) : field.optional ? undefined : `missing, ${field.help}`;
    if (fault !== undefined) faults.push(`${name}: ${fault}`);
  }
  return faults;
}

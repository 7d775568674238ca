import { readFileSync } from 'node:fs';

/** By which events an act is told: by one of the first, and of some acts one more may follow at once. */
interface Telling {
  readonly act: string;
  readonly events: readonly string[];
  readonly follows: readonly string[];
}

const typesIn = (cell = ''): string[] => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, type = '']) => type);

/** The table of section 7 of docs/record-format.md. */
export function tellingsOnPage(): readonly Telling[] {
  const page = readFileSync(new URL('../../docs/record-format.md', import.meta.url), 'utf8');
  const [, section = ''] = /\n\| act [^\n]*\| then [^\n]*\n([^]*?)\n\n/.exec(page) ?? [];
  return section
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, act, events, , then = ''] = line.split('|');
      // Behind the colon stands with which outcome.
      return { act: typesIn(act).join(' '), events: typesIn(events), follows: typesIn(then.replace(/:.*/, '')) };
    });
}

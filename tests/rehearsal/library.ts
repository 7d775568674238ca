import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** The scenarios of this release, the article's story first. */
export const library = globSync('*.yaml', { cwd: folder })
  .map((file) => ({ name: basename(file, '.yaml'), file: `${folder}${file}` }))
  .toSorted((a, b) => Number(b.name === 'the-article') - Number(a.name === 'the-article') || (a.name < b.name ? -1 : 1));

import { bad, type BadEnvelope, canonical, type Forge, type Named } from './forge.ts';

const invalid = 'claims-invalid';

/** Good claims in a text that is not the one there is for them. */
export function wrongTexts(forge: Forge): BadEnvelope[] {
  const signed = (name: string, text: string | Uint8Array): Named => [name, forge.stateSigned(text)];
  const text = canonical(forge.denial());
  const put = (from: string, to: string): string => {
    if (!text.includes(from)) throw new Error(`${from} does not stand in ${text}`);
    return text.replace(from, to);
  };
  const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
  return [
    ...bad('what is no JSON', invalid, [
      ...[
        '',
        ' ',
        'null null',
        '{',
        '}',
        `${text},`,
        `${text}}`,
        `${text}${text}`,
        text.slice(0, -1),
        text.slice(1),
        `(${text})`,
        `${text};`,
        `\0${text}`,
        `${text}\0`,
      ].map((one, at) => signed(`${at}: ${JSON.stringify(one).slice(0, 8)}, ${one.length} characters`, one)),
      ...['NaN', 'Infinity', '-Infinity', 'undefined', '0x2', '02', '+2', '2.', '.5', '2n', '1_000', "'2'", '--2'].map((number) =>
        signed(`an epoch of ${number}`, put('"epoch":2', `"epoch":${number}`)),
      ),
      signed('a comma at the end', put('}', ',}')),
      signed('a comment', put('"epoch"', '/* */"epoch"')),
      signed('names without quotes', put('"epoch"', 'epoch')),
      signed('single quotes', text.replaceAll('"', "'")),
      signed('a line end within a text', put('withdrawn', 'with\ndrawn')),
      signed('a letter escaped with x', put('withdrawn', '\\x77ithdrawn')),
    ]),
    ...bad('JSON that is not canonical', invalid, [
      ...[' ', '\n', '\t', '\r\n'].flatMap((space) => [
        signed(`${JSON.stringify(space)} before`, space + text),
        signed(`${JSON.stringify(space)} after`, text + space),
        signed(`${JSON.stringify(space)} within`, put(',"epoch"', `,${space}"epoch"`)),
      ]),
      signed('a byte order mark', `\ufeff${text}`),
      signed('as JSON.stringify writes it', JSON.stringify(forge.denial())),
      signed('indented', JSON.stringify(JSON.parse(text), null, 2)),
      signed('two names exchanged', put('"epoch":2,', '').replace('"act"', '"epoch":2,"act"')),
      signed('fields exchanged', put('"basis":"withdrawn","position":"deny"', '"position":"deny","basis":"withdrawn"')),
      signed('an escaped letter', put('withdrawn', '\\u0077ithdrawn')),
      signed('an escaped letter in a name', put('"epoch"', '"\\u0065poch"')),
      signed('an escaped stroke', put('twokey-act/1', 'twokey-act\\/1')),
      ...['2.0', '2e0', '0.2e1', '20e-1', '2E0'].map((number) => signed(`an epoch of ${number}`, put('"epoch":2', `"epoch":${number}`))),
      signed('an accent as JSON need not', put('withdrawn', 'withdr\\u00e4wn')),
    ]),
    ...bad('a name that stands twice', invalid, [
      ...Object.entries(forge.denial()).flatMap(([name, value]) => [
        signed(`${name}, the same`, text.replace('{', `{${JSON.stringify(name)}:${canonical(value)},`)),
        signed(`${name}, another before`, text.replace('{', `{${JSON.stringify(name)}:"x",`)),
      ]),
      signed('basis, in the fields', put('"basis":"withdrawn"', '"basis":"withdrawn","basis":"withdrawn"')),
      signed('position, in the fields', put('"position":"deny"', '"position":"no-objection","position":"deny"')),
    ]),
    ...bad(
      'what is not UTF-8',
      'envelope-malformed',
      notUtf8(text).map(([name, bytes]) => signed(name, bytes)),
    ),
    ...bad('deep in each other', invalid, [
      ...[100, 5_000, 14_000].flatMap((depth) => [
        signed(`${depth} lists`, nested(depth, '[', ']')),
        signed(`${depth} lists as a basis`, put('"withdrawn"', nested(depth, '[', ']'))),
      ]),
      ...[100, 2_500].map((depth) =>
        signed(`${depth} objects as fields`, put('{"basis":"withdrawn","position":"deny"}', `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)),
      ),
      signed('14,000 lists that do not end', '['.repeat(28_000)),
    ]),
    ...strangeCharacters(forge),
  ];
}

function notUtf8(text: string): readonly (readonly [string, Uint8Array])[] {
  const at = Buffer.from(text).indexOf('withdrawn');
  const within = (...bytes: readonly number[]): Uint8Array =>
    Buffer.concat([Buffer.from(text.slice(0, at)), Uint8Array.from(bytes), Buffer.from(text.slice(at))]);
  return [
    ['FF', within(0xff)],
    ['a byte that follows none', within(0x80)],
    ['the first of two bytes', within(0xc3)],
    ['a letter in two bytes', within(0xc1, 0xb7)],
    ['a zero in two bytes', within(0xc0, 0x80)],
    ['a letter in three bytes', within(0xe0, 0x81, 0xb7)],
    ['half a character', within(0xed, 0xa0, 0x80)],
    ['a character of two halves', within(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)],
    ['past the last character', within(0xf4, 0x90, 0x80, 0x80)],
    ['five bytes', within(0xf8, 0x88, 0x80, 0x80, 0x80)],
    ['Latin 1', within(0xe9)],
    ['UTF-16', Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le')])],
    ['cut off', Buffer.from(`${text}\u00e9`).subarray(0, -1)],
  ];
}

const invisible = ['\u202e', '\u2066', '\u200b', '\u200d', '\u00ad', '\ufeff', '\u0085', '\u2028', '\u0007', '\u007f'];
const lookAlikes = ['\u0430', '\u0131', '\uff41', '\u00e9', '\ud83d\ude00'];

/** Characters that are not seen, or not seen for what they are. */
function strangeCharacters(forge: Forge): BadEnvelope[] {
  const denial = forge.denial();
  const within = (text: string, character: string): string => text.slice(0, 2) + character + text.slice(2);
  const told = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16)}`;
  const claims = (['order', 'signer', 'nonce', 'role', 'act'] as const).flatMap((name) =>
    [...invisible, ...lookAlikes].map((character): Named => [
      `${told(character)} in ${name}`,
      forge.stateSigned({ ...denial, [name]: within(denial[name], character) }),
    ]),
  );
  const escaped = (from: string, to: string): Named => [`half a character in ${to}`, forge.stateSigned(canonical(denial).replace(from, to))];
  return [
    ...bad('a character that is not seen as what it is', invalid, claims),
    ...bad('a character that is not seen', invalid, [
      ...invisible.map((character): Named => [
        `${told(character)} in a field`,
        forge.stateSigned({ ...denial, fields: { ...denial.fields, basis: within('withdrawn', character) } }),
      ]),
      ...invisible.map((character): Named => [
        `${told(character)} in a field's name`,
        forge.stateSigned({ ...denial, fields: { ...denial.fields, [within('basis', character)]: 'x' } }),
      ]),
      ...invisible.map((character): Named => [
        `${told(character)} in evidence`,
        forge.recordedSigned(forge.recorded({ evidence: { document: 'ab'.repeat(32), issuerNumber: within('DOD', character), decidedAt: forge.now - 2_000 } })),
      ]),
    ]),
    ...bad('half a character', invalid, [
      escaped('withdrawn', '\\ud83d'),
      escaped('withdrawn', 'with\\udc00drawn'),
      escaped('"basis"', '"basis\\ud83d"'),
      escaped('"fields":{', '"fields":{"\\udfff":"x",'),
      escaped('"epoch"', '"delegations":["\\ud83d"],"epoch"'),
      escaped('us-state"', 'us-state\\ud800"'),
      escaped('"nonce":"', '"nonce":"\\ud800'),
      escaped('"order":"', '"order":"\\ud800'),
      escaped('{', '{"\\ud800":"x",'),
    ]),
  ];
}

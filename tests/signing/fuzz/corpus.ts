import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { signStatement } from '../../../record/statement.ts';
import { writeKeyring } from '../../../trust/keyring-schema.ts';
import { bytesIn, canonical, Forge } from '../bad/forge.ts';
import type { Claims } from '../../../domain/signing/claims.ts';
import type { Setting } from '../scene.ts';
import { type Kept, readKept, type Specimen } from './specimen.ts';

const folder = new URL('../corpus/', import.meta.url);
export const fileOf = (name: string): string => new URL(`${name}.json`, folder).pathname;

/** All that is kept, by name. */
export const corpus = (): [name: string, kept: Kept][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => [name.slice(0, -5), readKept(readFileSync(new URL(name, folder), 'utf8'))]);

export const textOfKept = (kept: Kept): Promise<string> => format(JSON.stringify(kept), { parser: 'json', printWidth: 160 });

/** Keeps what the readers failed over, so that every later run begins with it. Answers its name. */
export async function keepFound(specimen: Specimen, about: string): Promise<string> {
  const text = await textOfKept({ about, code: null, specimen });
  const name = `found-${createHash('sha256').update(JSON.stringify(specimen)).digest('hex').slice(0, 12)}`;
  writeFileSync(fileOf(name), text);
  return name;
}

/** What the corpus begins with: one good specimen of each sort, and those over which the readers have failed once. */
export async function firstSpecimens(setting: Setting): Promise<Readonly<Record<string, Kept>>> {
  const forge = new Forge(setting);
  const [state, desk, deputy] = [forge.who('us-state'), forge.who('seller-desk', 'seller.desk'), forge.who('stand-in')];
  const board = [forge.who('policy-admin', 'policy.admin'), forge.who('policy-admin-2')] as const;
  const epoch = setting.bound.order.policyEpoch;
  const act = (about: string, code: string, envelope: unknown, update: Extract<Specimen, { kind: 'act' }>['update'] = 'recommend'): Kept => ({
    ...{ about, code },
    specimen: { kind: 'act', update, envelope },
  });
  const change = (about: string, code: string, name: 'hold' | 'lift'): Kept => ({
    ...{ about, code },
    specimen: {
      kind: 'change',
      envelope: forge.envelope(forge.claims(name, 'policy.admin', { hold: 'P-8', reason: 'review' }, { epoch: epoch + 1 }), ...board),
    },
  });
  const keyring = (about: string, code: string, text: string): Kept => {
    const { root } = setting.cast;
    const signer = { ...state, ...root };
    return { about, code, specimen: { kind: 'keyring', jws: forge.compact(text, forge.header(root, 'twokey-keyring'), signer) } };
  };
  const half = (from: string, to: string): string => canonical(forge.denial()).replace(from, to);
  const [register] = setting.taken;
  const recorded = JSON.parse(bytesIn(setting.taken.at(-1)?.envelope.payload ?? '').toString()) as Claims;
  const keys = setting.cast.keyring.keys.slice(0, 3);
  const keyringText = writeKeyring({ ...setting.cast.keyring, keys });
  return {
    'good-denial': act('a denial by State', 'taken', forge.stateSigned()),
    'good-record': act('what the desk records of Defense', 'taken', forge.recordedSigned()),
    'good-conditions': act(
      'an approval with conditions',
      'taken',
      forge.stateSigned(forge.denial({ fields: { position: 'approve-with-conditions', conditions: ['one', 'two'] } })),
    ),
    'good-cancellation': act('the end of the order', 'taken', forge.envelope(forge.claims('cancel', 'seller.desk', { reason: 'withdrawn' }), desk), 'cancel'),
    'good-deputy': act('a deputy of State', 'taken', forge.envelope(forge.denial({ signer: 'stand-in', delegations: [forge.delegation({}, state)] }), deputy)),
    'good-deputy-of-the-second': act(
      'a deputy of who confirms',
      'taken',
      forge.recordedSigned(forge.recorded({ delegations: [forge.delegation({}, forge.who('new-hand', 'compliance.second'))] }), desk, deputy),
    ),
    'good-hold': change('a hold', 'heard', 'hold'),
    'good-lift': change('a lift', 'heard', 'lift'),
    'good-claims': { about: 'claims of a denial', code: 'read', specimen: { kind: 'claims', text: canonical(forge.denial()) } },
    'good-claims-with-evidence': { about: 'claims of a record', code: 'read', specimen: { kind: 'claims', text: canonical(forge.recorded()) } },
    'good-delegation': { about: 'State lets somebody act', code: 'read', specimen: { kind: 'delegation', jws: forge.delegation({}, state) } },
    'good-keyring': keyring('a keyring of three', 'read', keyringText),
    'good-record-head': {
      ...{ about: 'a head that the desk signed', code: 'read' },
      specimen: { kind: 'statement', jws: await signStatement('twokey-record-head', { format: 'twokey-record/1 head', order: 'A-1', count: 3 }, desk) },
    },
    'once-half-a-character-in-a-name': act('canonical text cannot be made of it', 'claims-invalid', forge.stateSigned(half('"basis"', '"basis\\ud83d"'))),
    'once-half-a-character-in-a-delegation': act('nor of this', 'claims-invalid', forge.stateSigned(half('"epoch"', '"delegations":["\\ud83d"],"epoch"'))),
    'once-expired-before-it-was-signed': act(
      'by a clock that is ahead',
      'expired',
      forge.stateSigned(forge.denial({ issued: setting.now + 30_000, expires: setting.now + 20_000 })),
    ),
    'once-taken-under-an-earlier-epoch': act('an act that was taken is told so', 'already-taken', register?.envelope, 'register'),
    'once-taken-and-signed-by-one-person': act(
      'that it was taken is told before duties are asked for',
      'already-taken',
      forge.recordedSigned({ ...recorded, signer: 'new-hand' }, forge.who('new-hand', 'seller.desk'), forge.who('new-hand', 'compliance.second')),
    ),
    'once-half-a-character-in-a-public-key': keyring(
      'an order opens it, and the key signs nothing; the desk refuses it',
      'read',
      keyringText.replace(/"publicKey":"/, '$&\\ud800'),
    ),
    'once-a-keyring-that-is-no-json': keyring('the root signed it all the same', 'keyring-refused', '{'),
    'once-a-keyring-of-no-moment': keyring('a key that counts from never', 'keyring-refused', keyringText.replace(/"from":"[^"]+"/, '"from":"never"')),
    'once-a-keyring-issued-at-no-moment': keyring('a keyring of no time', 'keyring-refused', keyringText.replace(/"issuedAt":"[^"]+"/, '"issuedAt":"now"')),
  };
}

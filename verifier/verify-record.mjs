#!/usr/bin/env node
/**
 * Verifies the record of an order: node verify-record.mjs FILE [--root FINGERPRINT]
 *
 * It stands alone: nothing of twokey, no package, no network; Node 20 or newer. What it checks and why is told in
 * docs/record-format.md, whose sections have the numbers below. Prints one JSON document. Exit 0: proven, or unsigned and
 * consistent in itself; 1: tampered, with the index of the entry (from 0) where it is about one; 2: no record.
 */
import { createHash, verify as isSignedBy } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const limit = { fileBytes: 67_108_864, leewayMs: 1_000, moment: 8_640_000_000_000_000, depth: 32 };
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function faultAs(verdict, code, message, index = null, expected = null, found = null) {
  return Object.assign(new Error(message), { told: { verdict, code, message, index, expected, found } });
}
const noRecord = (code, message) => faultAs('not-a-record', code, message);
const tampered = (...told) => faultAs('tampered', ...told);
function attempt(work, fault) {
  try {
    return work();
  } catch {
    throw fault;
  }
}

// 1. The JSON of a record, and the one text of each value.
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string';
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0;
const isMoment = (value) => isWhole(value) && value <= limit.moment;
const isHash = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
function canonical(value, depth = 0, faultOf = (what) => new RangeError(what)) {
  if (depth > limit.depth) throw faultOf('more lists and objects within each other than a record has');
  if (value === null || typeof value === 'boolean' || (Number.isSafeInteger(value) && !Object.is(value, -0))) return String(value);
  if (isText(value) && value.isWellFormed()) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth + 1, faultOf)).join(',')}]`;
  if (!isObject(value)) throw faultOf('a number that is no integer within 2^53, or a text with half a character');
  const names = Object.keys(value).sort();
  if (!names.every((name) => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name))) throw faultOf('a name that is not of letters and digits');
  return `{${names.map((name) => `"${name}":${canonical(value[name], depth + 1, faultOf)}`).join(',')}}`;
}
const sha256 = (content, encoding = 'hex') => createHash('sha256').update(content).digest(encoding);
const digest = (value) => sha256(canonical(value));

// 2. The file.
const shape = {
  ...{ format: isText, order: (value) => isText(value) && value !== '', terms: isObject, policy: isObject, entries: Array.isArray },
  head: { count: isWhole, hash: isHash, exportedAt: isMoment, state: (value) => value === 'open' || value === 'closed' },
  inclusion: { position: isWhole, path: (value) => Array.isArray(value) && value.every(isHash), checkpoint: isText },
  ...{ signature: isText, keyring: isText, root: { crv: (value) => value === 'Ed25519', kty: (value) => value === 'OKP', x: isText } },
};
const entryShape = {
  ...{ sequence: isWhole, at: isMoment, event: (value) => isObject(value) && isText(value.type), previous: isHash, hash: isHash },
  envelope: (value) => isText(value) && value !== '',
};
const nullable = ['inclusion', 'signature', 'keyring', 'root'];
function requireFields(value, fields, path, fault) {
  if (!isObject(value)) throw fault('field-invalid', `${path} expected an object`);
  for (const [name, check] of Object.entries(fields)) {
    if (!Object.hasOwn(value, name) && name !== 'envelope') throw fault('field-missing', `${path}${name}: missing`);
    if (value[name] === undefined || (value[name] === null && nullable.includes(name))) continue;
    if (typeof check === 'object') requireFields(value[name], check, `${path}${name}.`, fault);
    else if (!check(value[name])) throw fault('field-invalid', `${path}${name}: not of its form`);
  }
  for (const name of Object.keys(value)) if (!Object.hasOwn(fields, name)) throw fault('field-unknown', `${path}${name}: unknown field`);
}
function readRecord(text) {
  const file = attempt(() => JSON.parse(text), noRecord('not-json', 'the file is not JSON'));
  if (!isObject(file)) throw noRecord('not-an-object', 'the file is JSON, but no object');
  if (file.format !== 'twokey-record/1') throw noRecord('format-unknown', 'the file is of another format than twokey-record/1');
  const { entries, ...rest } = file;
  canonical(rest, 0, (what) => noRecord('value-not-allowed', `the file holds ${what}`));
  if (!Array.isArray(entries)) throw noRecord('field-invalid', 'entries: expected a list');
  entries.forEach((entry, index) => canonical(entry, 2, (what) => tampered('entry-malformed', `entry ${index} holds ${what}`, index)));
  if (text.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, '$1') !== canonical(file))
    throw noRecord('not-canonical', 'a name is doubled or out of order, or a value is written in another way than the one there is');
  requireFields(file, shape, '', noRecord);
  const given = [file.signature, file.keyring, file.root].filter((part) => part !== null).length;
  if (given !== 3 && (given !== 0 || file.inclusion !== null)) throw noRecord('field-invalid', 'signature, keyring and root come together');
  return file;
}

// 3. The chain.
function verifyChain({ order, terms, policy, entries }) {
  if (terms.id !== order) throw tampered('order-differs', 'the terms are those of another order', null, order, terms.id);
  const genesis = digest({ format: 'twokey-record/1 genesis', order, policy: digest(policy), terms: digest(terms) });
  let [previous, latest] = [genesis, 0];
  entries.forEach((entry, index) => {
    const fault = (code, message, expected, found) => tampered(code, `entry ${index} ${message}`, index, expected, found);
    requireFields(entry, entryShape, '', (_code, message) => fault('entry-malformed', `is none: ${message}`));
    const { hash, ...hashed } = entry;
    if (entry.sequence !== index) throw fault('sequence-differs', 'has another number: entries were dropped, added or moved', index, entry.sequence);
    if (entry.previous !== previous) throw fault('previous-differs', 'does not follow from what stands before it', previous, entry.previous);
    if (entry.event.at !== entry.at) throw fault('time-differs', 'and its event tell two times', entry.at, entry.event.at);
    if (entry.at < latest - limit.leewayMs) throw fault('time-backward', 'lies before an entry that stands before it', latest, entry.at);
    const expected = digest({ format: 'twokey-record/1 entry', order, ...hashed });
    if (hash !== expected) throw fault('hash-differs', 'was changed', expected, hash);
    [previous, latest] = [hash, Math.max(latest, entry.at)];
  });
  return { genesis, end: previous };
}
const countFault = (count, found) =>
  tampered(found < count ? 'entries-missing' : 'entries-added', 'entries are missing or were added from here on', Math.min(count, found), count, found);

// 4. Signatures: a compact JWS by Ed25519, every part of it written in the one way there is.
const bytesOf = (part) => Buffer.from(part, 'base64url');
function openJws(jws, typ, keyOf, fault = (code, message) => tampered(code, `the signature ${message}`)) {
  const [head, payload, signature, ...more] = jws.split('.');
  const isPart = (part) => isText(part) && part !== '' && bytesOf(part).toString('base64url') === part;
  if (more.length > 0 || ![head, payload, signature].every(isPart) || signature.length !== 86) throw fault('signature-malformed', 'is no compact JWS');
  const [header, text] = [head, payload].map((part) => attempt(() => utf8.decode(bytesOf(part)), fault('signature-malformed', 'is not of UTF-8')));
  const [told, content] = [header, text].map((part) => attempt(() => JSON.parse(part), fault('signature-malformed', 'is not of JSON')));
  if (!isObject(told) || !isObject(content)) throw fault('signature-malformed', 'is not of JSON objects');
  if (told.alg !== 'EdDSA') throw fault('algorithm-refused', 'is not by EdDSA');
  if (!isText(told.kid) || header !== JSON.stringify({ alg: 'EdDSA', kid: told.kid, typ })) throw fault('signature-malformed', 'has another header');
  const key = keyOf(told.kid);
  if (!key) throw fault('key-unknown', `is by a key that is not known here: ${told.kid}`);
  const publicKey = { key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' };
  if (!isSignedBy(null, Buffer.from(`${head}.${payload}`), publicKey, bytesOf(signature))) throw fault('signature-invalid', `is not by ${told.kid}`);
  return { key, text, content };
}
function readKeyring(jws, { x }, rootId) {
  const fault = (_code, message) => tampered('keyring-invalid', `the keyring ${message}`);
  const { version, keys } = openJws(jws, 'twokey-keyring', (id) => id === rootId && bytesOf(x).length === 32 && { publicKey: x }, fault).content;
  if (version === 1) return keys;
  throw fault('keyring-invalid', 'is of another version than 1');
}
/** What the desk or the auditor signed, by a key that counted at the moment that `momentOf` finds in it. */
function openStatement(jws, typ, keys, momentOf) {
  const statement = openJws(jws, typ, (id) => keys.find((key) => key.id === id));
  const { role, from, until, revoked } = statement.key;
  if (role !== 'seller.desk' && role !== 'auditor') throw tampered('key-not-entitled', `${role} may not sign it`);
  const at = momentOf(statement);
  if (!(at >= Date.parse(from))) throw tampered('key-not-yet', `the key counts from ${from} on`);
  if (revoked && !(at < Date.parse(revoked.at))) throw tampered('key-revoked', `the key was revoked as of ${revoked.at}`);
  if (until !== null && !(at < Date.parse(until))) throw tampered('key-expired', `the key ended at ${until}`);
  return statement;
}

// 5. The head, and 6. the tree of RFC 6962.
function verifyHead(file, keys, genesis) {
  const trail = file.entries.map((entry) => entry.hash.slice(0, 8)).join('');
  const stated = { format: 'twokey-record/1 head', order: file.order, genesis, ...file.head, inclusion: file.inclusion && digest(file.inclusion), trail };
  openStatement(file.signature, 'twokey-record-head', keys, ({ text, content }) => {
    if (text === canonical(stated)) return file.head.exportedAt;
    if (['format', 'order', 'genesis'].some((name) => content[name] !== stated[name])) throw tampered('order-differs', 'signed for another order');
    const signed = String(content.trail).match(/.{8}/g) ?? [];
    const index = signed.findIndex((start, place) => place < file.entries.length && file.entries[place].hash.slice(0, 8) !== start);
    if (index >= 0) throw tampered('entry-rewritten', `entry ${index} is not the one that was signed`, index, signed[index], file.entries[index].hash);
    throw signed.length === file.entries.length ? tampered('head-differs', 'not the head that was signed') : countFault(signed.length, file.entries.length);
  });
}
const node = (left, right) => sha256(Buffer.concat([Buffer.of(1), Buffer.from(left, 'hex'), Buffer.from(right, 'hex')]));
function rootFrom(hash, position, size, path) {
  if (size <= 1 || path.length === 0) return size === 1 && position === 0 && path.length === 0 ? hash : '';
  const left = 2 ** Math.floor(Math.log2(size - 1));
  const inner = position < left ? [position, left] : [position - left, size - left];
  const own = rootFrom(hash, ...inner, path.slice(0, -1));
  return position < left ? node(own, path.at(-1)) : node(path.at(-1), own);
}
function verifyInclusion({ inclusion, order, head }, keys) {
  const { content } = openStatement(inclusion.checkpoint, 'twokey-checkpoint', keys, (statement) => statement.content.at);
  const leaf = sha256(`\0${canonical({ count: head.count, hash: head.hash, order })}`);
  const isIn = content.format === 'twokey-checkpoint/1' && rootFrom(leaf, inclusion.position, content.size, inclusion.path) === content.root;
  if (!isIn) throw tampered('inclusion-invalid', 'the proof does not lead from this record to the checkpoint');
}

/** The verdict on a record, given as its text or as what reads it; `root` is the fingerprint that its root key must have. */
export function verifyRecord(source, root) {
  try {
    const file = readRecord(isText(source) ? source : source());
    const { genesis, end } = verifyChain(file);
    const rootId = file.root && sha256(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x: file.root.x }), 'base64url');
    if (root !== undefined && root !== rootId) throw tampered(rootId ? 'root-differs' : 'unsigned', 'that root does not vouch for it', null, root, rootId);
    const keys = file.root && readKeyring(file.keyring, file.root, rootId);
    if (keys) verifyHead(file, keys, genesis);
    if (file.head.count !== file.entries.length) throw countFault(file.head.count, file.entries.length);
    if (file.head.hash !== end) throw tampered('head-differs', 'the head is not that of these entries', null, end, file.head.hash);
    if (file.inclusion) verifyInclusion(file, keys);
    return { verdict: keys ? 'proven' : 'unsigned', order: file.order, count: file.head.count, hash: end, root: rootId };
  } catch (error) {
    if (error.told) return error.told;
    throw error;
  }
}
function textOf(path) {
  const unreadable = noRecord('unreadable', `${path} is no file that can be read; expected: verify-record.mjs FILE [--root FINGERPRINT]`);
  if (attempt(() => statSync(path).size, unreadable) > limit.fileBytes) throw noRecord('too-large', `the file has more than ${limit.fileBytes} bytes`);
  const bytes = attempt(() => readFileSync(path), unreadable);
  if (bytes.length === 0) throw noRecord('empty', 'the file is empty');
  return attempt(() => utf8.decode(bytes), noRecord('not-utf8', 'the file is not UTF-8 text'));
}
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [path, option, root] = process.argv.slice(2);
  const answer = verifyRecord(() => textOf(option === undefined || root ? path : option), root);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exitCode = { proven: 0, unsigned: 0, tampered: 1, 'not-a-record': 2 }[answer.verdict];
}

#!/usr/bin/env node
/** Verifies the record of an order: node verify-record.mjs FILE [--root FINGERPRINT]. Needs Node 20 and nothing else. docs/record-format.md tells what it
 * checks, by the numbers below, and what it leaves to `twokey record verify` (8): proofs of inclusion, what an event tells beside its act, the rules.
 * Prints JSON with every signed act. Exit 0: proven, or unsigned and sound in itself; 1: tampered, with the entry's index, or not wholly proven; 2: no record. */
import { createHash, verify as isSignedBy } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
const tampered = (code, message, index = null, expected = null, found = null) => ({ verdict: 'tampered', code, message, index, expected, found });
const noRecord = (code, message) => ({ ...tampered(code, message), verdict: 'not-a-record' });
// 1. The JSON of a record, and the one text of each value.
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value !== '';
const isWhole = (value) => Number.isSafeInteger(value) && value >= 0 && value <= 8_640_000_000_000_000;
const isHash = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isOr = (other, check) => (value) => value === other || check(value);
const isShaped = (shape) => (it) => isObject(it) && Object.keys({ ...shape, ...it }).every((name) => Object.hasOwn(shape, name) && shape[name](it[name]));
function canonical(value, fault = tampered('claims-invalid', 'something was signed that no record may hold'), depth = 0) {
  const names = isObject(value) ? Object.keys(value).sort() : [];
  if (depth > 32 || !names.every((name) => /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(name))) throw fault;
  if (isObject(value)) return `{${names.map((name) => `"${name}":${canonical(value[name], fault, depth + 1)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one, fault, depth + 1)).join(',')}]`;
  if (typeof value === 'number' ? !Number.isSafeInteger(value) || Object.is(value, -0) : typeof value === 'string' && !value.isWellFormed()) throw fault;
  return JSON.stringify(value);
}
const digest = (value, encoding = 'hex') => createHash('sha256').update(canonical(value)).digest(encoding);
function read(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    return {};
  }
}
// 2. The file.
const isFile = isShaped({
  ...{ format: isText, order: isText, terms: isObject, policy: isObject, entries: Array.isArray, signature: isOr(null, isText), keyring: isOr(null, isText) },
  ...{ inclusion: isOr(null, isObject), head: isShaped({ count: isWhole, hash: isHash, exportedAt: isWhole, state: isOr('open', (it) => it === 'closed') }) },
  root: isOr(null, isShaped({ crv: (it) => it === 'Ed25519', kty: (it) => it === 'OKP', x: (it) => /^[\w-]{42}[AEIMQUYcgkosw048]$/.test(it) })),
});
const isEntry = isShaped({ sequence: isWhole, at: isWhole, event: isObject, envelope: isOr(undefined, isText), previous: isHash, hash: isHash });
function readRecord(source) {
  const { text, value: file } = read(Buffer.from(source instanceof Function ? source() : source));
  if (file?.format !== 'twokey-record/1') throw noRecord(file === undefined ? 'not-json' : 'format-unknown', 'the file is not JSON of twokey-record/1');
  const given = [file.signature, file.keyring, file.root].filter((part) => part !== null).length;
  if (!isFile(file) || (given !== 3 && (given !== 0 || file.inclusion !== null))) throw noRecord('field-invalid', 'a field is missing, unknown or odd');
  file.entries.forEach((entry, index) => canonical(entry, tampered('entry-malformed', `entry ${index} holds what no record may hold`, index), 2));
  if (text.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, '$1') === canonical(file, noRecord('value-not-allowed', 'no record may hold this'))) return file;
  throw noRecord('not-canonical', 'a name is doubled or out of order, or a value is written in another way than the one there is');
}
// 3. The chain.
function verifyChain({ order, terms, policy, entries }) {
  if (terms.id !== order) throw tampered('order-differs', 'the terms are those of another order', null, order, terms.id);
  const genesis = digest({ format: 'twokey-record/1 genesis', order, policy: digest(policy), terms: digest(terms) });
  let [previous, latest] = [genesis, 0];
  entries.forEach((entry, index) => {
    const fault = (code, message, expected, found) => tampered(code, `entry ${index} ${message}`, index, expected, found);
    if (!isEntry(entry) || typeof entry.event.type !== 'string') throw fault('entry-malformed', 'has a field that is missing, unknown or odd');
    const { hash, ...hashed } = entry;
    if (entry.sequence !== index) throw fault('sequence-differs', 'has another number: entries were dropped, added or moved', index, entry.sequence);
    if (entry.previous !== previous) throw fault('previous-differs', 'does not follow from what stands before it', previous, entry.previous);
    if (entry.event.at !== entry.at) throw fault('time-differs', 'and its event tell two times', entry.at, entry.event.at);
    if (entry.at < latest - 1_000) throw fault('time-backward', 'lies before an entry that stands before it', latest, entry.at);
    const expected = digest({ format: 'twokey-record/1 entry', order, ...hashed });
    if (hash !== expected) throw fault('hash-differs', 'was changed', expected, hash);
    [previous, latest] = [hash, Math.max(latest, entry.at)];
  });
  return { genesis, end: previous };
}
// 4. Signatures: compact JWS by Ed25519, written in the one way there is, by a key that counted at a moment. A revocation as of before is a doubt.
const bytesOf = (part) => Buffer.from(part, 'base64url');
function openJws(jws, typ, keys, at, fault) {
  const parts = jws.split('.');
  const [header, payload = {}] = parts.slice(0, 2).map((part) => read(bytesOf(part)));
  const isWritten = parts.length === 3 && parts[2].length === 86 && parts.every((part) => part !== '' && bytesOf(part).toString('base64url') === part);
  if (!isWritten || ![header, payload].every(({ value }) => isObject(value))) throw fault('signature-malformed', 'is no compact JWS of JSON objects');
  const { alg, kid } = header.value;
  if (alg !== 'EdDSA') throw fault('algorithm-refused', 'is not by EdDSA');
  if (header.text !== JSON.stringify({ alg, kid: String(kid), typ })) throw fault('signature-malformed', `has another header than one of ${typ}`);
  const key = keys.find(({ id }) => id === kid);
  if (!key) throw fault('key-unknown', `is by a key that is not known here: ${kid}`);
  const publicKey = { key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' };
  if (!isSignedBy(null, Buffer.from(`${parts[0]}.${parts[1]}`), publicKey, bytesOf(parts[2]))) throw fault('signature-invalid', `is not by key ${kid}`);
  if (!(at >= Date.parse(key.from))) throw fault('key-not-yet', `is by a key that counts from ${key.from} on`);
  if (key.until !== null && !(at < Date.parse(key.until))) throw fault('key-expired', `is by a key that ended at ${key.until}`);
  const isRevoked = key.revoked && !(at < Date.parse(key.revoked.at));
  return { key, ...payload, doubts: isRevoked ? [`key ${kid} was revoked as of ${key.revoked.at}: ${key.revoked.reason}`] : [] };
}
// 5. The head.
const countFault = (count, found) => tampered(found < count ? 'entries-missing' : 'entries-added', 'ends elsewhere', Math.min(count, found), count, found);
function verifyHead({ order, entries, head, inclusion, signature }, keys, genesis) {
  const fault = (code, message) => tampered(code, `the signature ${message}`);
  const { key, text, value, doubts } = openJws(signature, 'twokey-record-head', keys, head.exportedAt, fault);
  if (key.role !== 'seller.desk' && key.role !== 'auditor') throw fault('key-not-entitled', `is by ${key.holder} as ${key.role}`);
  if (doubts.length > 0) throw fault('key-revoked', `counts for nothing: ${doubts[0]}`);
  const trail = entries.map(({ hash }) => hash.slice(0, 8)).join('');
  const stated = { format: 'twokey-record/1 head', order, genesis, ...head, inclusion: inclusion && digest(inclusion), trail };
  if (text === canonical(stated)) return;
  if (['format', 'order', 'genesis'].some((name) => value[name] !== stated[name])) throw fault('order-differs', 'is for another order');
  const signed = String(value.trail).match(/.{8}/g) ?? [];
  const index = signed.findIndex((start, place) => place < entries.length && entries[place].hash.slice(0, 8) !== start);
  if (index >= 0) throw tampered('entry-rewritten', `entry ${index} is not the one that was signed`, index, signed[index], entries[index].hash);
  throw signed.length === entries.length ? fault('head-differs', 'is for another head') : countFault(signed.length, entries.length);
}
// 7. Who signed what: each act, the event that tells it (one of several), and what may come with it. Others are told by systems, or follow by the rules.
const tellings = `submit:order-submitted import:order-imported propose-conditions:conditions-offered|conditions-consolidated issue-end-user-statement:end-user-statement-issued
settle-step:step-settled>application-filed>inspection-requested>shipment-booked>customs-declared>application-withdrawn resubmit:application-resubmitted|coverage-given-up
concur:conditions-concurred>conditions-offered issue-license:license-issued>order-shortened acknowledge-condition:condition-acknowledged submit-application:application-submitted
rule-on-classification:classification-ruled return-without-action:application-returned clear-hit:hit-cleared>customer-not-vetted withdraw-application:withdrawal-requested
respond-to-intent-to-deny:denial-response deny-purchase:purchase-denied>order-ended recheck-license:license-recheck-requested reject-unregistered:application-rejected
presidential-decision:president-decided rescind-intent-to-deny:denial-rescinded amend:order-amended|amendment-recorded hold-without-action:application-parked cancel:order-ended
counter-conditions:conditions-answered decline-conditions:conditions-answered confirm-hit:hit-confirmed>order-ended recheck-stock:stock-recheck-requested retry-step:step-retried
accept-conditions:conditions-answered notify-intent-to-deny:denial-notified answer-information:question-answered withdraw-request:question-withdrawn resume-review:review-resumed
confirm-delivery:delivery-confirmed approve-customer:customer-approved decline-customer:customer-declined request-information:question-asked submit-evidence:evidence-submitted
approve-purchase:purchase-approved accept-evidence:evidence-accepted return-evidence:evidence-returned pass-inspection:inspection-passed fail-inspection:inspection-failed
confirm-filing:filing-confirmed register:application-registered deny:license-denied>order-ended apply-purchase:purchase-applied request-retest:retest-requested certify:certified
register-paper:paper-registered short-close:order-short-closed release-export:export-released appeal-denial:denial-appealed detain-export:export-detained detain:customs-detained
confirm-return:goods-returned release-entry:entry-released decide-appeal:level-decided order-return:return-ordered correct:decision-corrected refer:application-referred
refuse-entry:entry-refused recommend:position-given release:customs-released verify-use:use-verified escalate:escalated lift:policy-lifted file-eei:eei-filed hold:policy-held`;
const eventsOf = new Map([...tellings.matchAll(/(\S+):(\S+)/g)].map(([, act, types]) => [act, types.split('>').map((one) => one.split('|'))]));
function isOfPerson({ type, by, act, signed, outcome }, before, terms, entries, index) {
  if (act !== undefined || signed !== undefined || ![undefined, 'seller.desk'].includes(by)) return true;
  if (type === 'application-submitted') return terms.fileApplication !== 'when-allocated';
  if (type === 'order-ended') return !/^(partly-|un)?delivered$/.test(outcome) && (before.signed ?? !/^(customer-recorded|license-denied)$/.test(before.type));
  if (!before.signed && /^((shipment-refused|policy-held) policy-held|units-replaced order-shortened)$/.test(`${before.type} ${type}`)) return false;
  if (type !== 'license-denied') return type === 'order-shortened' || [...eventsOf.values()].some(([firsts]) => firsts.includes(type));
  return entries.slice(0, index).findLast(({ event }) => /^denial-(notified|rescinded)$/.test(event.type))?.event.type !== 'denial-notified';
}
const isEnvelope = isShaped({ payload: isText, signatures: (list) => Array.isArray(list) && list.every(isShaped({ protected: isText, signature: isText })) });
const secondOf = (act, or) =>
  /^(hold|lift)$/.test(act) ? 'policy.admin' : (or || /^(settle-step|certify|confirm-filing|correct|import)$/.test(act)) && 'compliance.second';
const isIn = (scope, name) => scope === 'all' || [scope].flat().includes(name);
const covers = ({ key, value: { role, from, to, orders, acts, begins, ends } }, { order, act }, at) =>
  key.role === role && key.holder === from && from !== to && isIn(orders, order) && isIn(acts, act) && begins <= at && at < ends;
function openEnvelope(envelope, keys, at, fault) {
  const { value } = read(Buffer.from(envelope));
  if (!isEnvelope(value) || value.signatures.length === 0 || canonical(value) !== envelope) throw fault('envelope-malformed', 'is not of its form');
  const opened = value.signatures.map((one) => openJws(`${one.protected}.${value.payload}.${one.signature}`, 'twokey-act', keys, at, fault));
  const { act, role, evidence, issued, expires, delegations = [] } = opened[0].value;
  if (!(issued <= at + 60_000 && at < expires)) throw fault(at < expires ? 'not-yet-valid' : 'expired', `is good from ${issued} to ${expires}`);
  const roles = [evidence ? 'seller.desk' : role, secondOf(act, evidence)].filter(isText);
  if (opened.length !== roles.length) throw fault(roles[1] ? 'second-missing' : 'second-refused', `has ${opened.length} signatures`);
  const unsure = (...told) => ({ ...fault(...told), verdict: 'not-judged' });
  const lent = delegations.map((jws) => openJws(jws, 'twokey-delegation', keys, at, unsure)).filter((one) => covers(one, opened[0].value, at));
  const giverOf = (person, role) => lent.find((one) => one.key.role === role && one.value.to === person)?.key.holder;
  const signers = opened.map(({ key }, place) => [key, roles[place], key.role === roles[place] ? null : giverOf(key.holder, roles[place])]);
  if (signers.some(([, , giver]) => giver === undefined)) throw fault('role-differs', `is not by ${roles.join(' and ')}`);
  const [by, confirmedBy] = signers.map(([key, role, giver]) => ({ person: key.holder, role, key: key.id, ...(giver && { inPlaceOf: giver }) }));
  const signed = { kind: evidence ? 'recorded' : 'authenticated', by, ...(confirmedBy && { confirmedBy }), ...(evidence && { evidence }) };
  return { ...opened[0].value, signed, doubts: [...opened, ...lent].flatMap(({ doubts }) => doubts) };
}
const authorOf = ({ by = null, act = null, signed = null }) => canonical([by, act, signed]);
const goesOn = ({ type, act }) => (eventsOf.get(/"name":"([a-z-]+)"/.exec(act?.content)?.[1]) ?? []).slice(1).flat().includes(type);
function readAct({ at, event, envelope }, index, { order, genesis, keys, taken }, fault) {
  const { act, role, nonce, fields, signed, doubts, ...claims } = openEnvelope(envelope, keys, [event.recordedAt ?? at, at][Math.min(index, 1)], fault);
  if (claims.order !== order || claims.genesis !== genesis) throw fault('wrong-order', 'is for another order, other terms or another policy');
  if (taken.size === taken.add(`${act} ${nonce}`).size) throw fault('already-taken', 'was taken before');
  const [begins, content] = [/^(submit|import)$/.test(act), canonical({ ...fields, by: role, name: act })];
  const author = authorOf({ hold: { signed }, lift: { signed } }[act] ?? { by: role, act: begins ? null : { id: nonce, content }, signed });
  const isTold = eventsOf.get(act)?.[0].includes(event.type) && begins === (index === 0) && authorOf(event) === author;
  const past = digest({ format: 'twokey-import/1', submittedAt: at, past: event.past ?? [], notYet: event.notYet ?? [] });
  if (!isTold || (act === 'import' && fields.past !== past)) throw fault('act-differs', `is of another act than the entry, or by others: ${act}, ${author}`);
  return { index, at, act, nonce, role, fields, signed, doubts };
}
function judgeActs({ entries, terms, order }, genesis, keys) {
  const [acts, taken, isSigned] = [[], new Set(), entries[0]?.event.signed !== undefined];
  entries.forEach((entry, index) => {
    const fault = (code, message) => tampered(code === 'signature-malformed' ? 'envelope-malformed' : code, `entry ${index}: the envelope ${message}`, index);
    const [{ event, envelope }, before] = [entry, Object(entries[index - 1]?.event)];
    const isAct = isSigned && !(event.imported && (before.imported ?? before.type === 'order-imported')) && isOfPerson(event, before, terms, entries, index);
    if (!isAct && (envelope ?? event.signed) !== undefined) throw fault('envelope-unexpected', 'is of no signed act');
    if (isAct && event.signed === undefined) throw fault('signature-missing', 'is missing, and so is who signed');
    if (envelope !== undefined) acts.push(readAct(entry, index, { order, genesis, keys, taken }, fault));
    else if (isAct && !(goesOn(event) && authorOf(event) === authorOf(before))) throw fault('envelope-missing', 'is missing');
  });
  return isSigned ? acts : null;
}
export function verifyRecord(source, root) {
  try {
    const file = readRecord(source);
    const { genesis, end } = verifyChain(file);
    const rootId = file.root && digest(file.root, 'base64url');
    if (root !== undefined && root !== rootId) throw tampered(rootId ? 'root-differs' : 'unsigned', 'that root does not vouch for it', null, root, rootId);
    const fault = (_code, message) => tampered('keyring-invalid', `the keyring ${message}`);
    const keys = file.root && openJws(file.keyring, 'twokey-keyring', [{ id: rootId, publicKey: file.root.x, from: '1970', until: null }], 0, fault).value.keys;
    if (keys) verifyHead(file, keys, genesis);
    if (file.head.count !== file.entries.length) throw countFault(file.head.count, file.entries.length);
    if (file.head.hash !== end) throw tampered('head-differs', 'the head is not that of these entries', null, end, file.head.hash);
    const acts = keys && judgeActs(file, genesis, keys);
    const verdict = !keys ? 'unsigned' : acts?.some(({ doubts }) => doubts.length > 0) ? 'revoked-since' : 'proven';
    return { verdict, order: file.order, count: file.head.count, hash: end, root: rootId, acts };
  } catch (error) {
    return error.verdict ? error : noRecord('unreadable', `the file cannot be read as a record: ${error.message}`);
  }
}
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [path, option, root] = process.argv.slice(2);
  const answer = verifyRecord(() => readFileSync(option === undefined || root ? path : option), root);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exitCode = { proven: 0, unsigned: 0, 'not-a-record': 2 }[answer.verdict] ?? 1;
}

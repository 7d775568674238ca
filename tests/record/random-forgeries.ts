import type { Entry } from '../../record/format.ts';
import { toJson, toJsonObject } from '../../record/json.ts';
import { bare, type Forged, type Forger, without } from './desk-forger.ts';
import { changed, changedText, type Dice } from './tampering.ts';

type Hand = (by: Forger, dice: Dice) => Forged;

/** An entry of the record that a person signed. */
function aSigned({ record }: Forger, dice: Dice): Entry {
  const signed = record.entries.filter(({ envelope }) => envelope !== undefined);
  const entry = signed[dice(signed.length)];
  if (!entry) throw new Error('a record to forge has signed entries');
  return entry;
}
const put = ({ record }: Forger, { sequence: index }: Entry, entry: Entry): Forged => ({ index, entries: record.entries.toSpliced(index, 1, entry) });

const anotherEnvelope: Hand = (by, dice) => {
  const [entry, other] = [aSigned(by, dice), aSigned(by, dice)];
  return entry === other ? noEnvelope(by, dice) : put(by, entry, { ...entry, ...(other.envelope !== undefined && { envelope: other.envelope }) });
};
const noEnvelope: Hand = (by, dice) => {
  const entry = aSigned(by, dice);
  return put(by, entry, bare(entry));
};
/** One letter of the envelope, wherever it stands. */
const oneLetter: Hand = (by, dice) => {
  const entry = aSigned(by, dice);
  return put(by, entry, { ...entry, envelope: changedText(entry.envelope ?? '', dice) });
};
/** Somewhere in who did what and how that is known. */
const anotherAuthor: Hand = (by, dice) => {
  const entry = aSigned(by, dice);
  const names = ['by', 'act', 'signed', 'type'].filter((name) => name in entry.event);
  const name = names[dice(names.length)] ?? 'signed';
  return put(by, entry, { ...entry, event: { ...entry.event, [name]: changed(toJson(entry.event[name]), dice) } });
};
const stripped: Hand = (by, dice) => {
  const entry = aSigned(by, dice);
  if (entry.sequence === 0) return noEnvelope(by, dice);
  const gone = ['signed', 'act', 'by'].slice(0, 1 + dice(3));
  const event = without(entry.event, ...gone);
  return put(by, entry, dice(2) === 0 ? { ...entry, event } : { ...bare(entry), event });
};
/** Told a second time, at a moment that fits its new place. */
const again: Hand = (by, dice) => {
  const [entry, { entries }] = [aSigned(by, dice), by.record];
  const index = entry.sequence + 1 + dice(entries.length - entry.sequence);
  const at = Number(entries[index - 1]?.event['at']);
  return { index, entries: entries.toSpliced(index, 0, { ...entry, event: { ...entry.event, at } }) };
};
/** The whole record moved into the past, so that its times agree with each other and not with what was signed. */
const backDated: Hand = (by, dice) => {
  const shift = 60_001 + dice(90 * 86_400_000);
  return { index: 0, entries: by.record.entries.map((entry) => ({ ...entry, event: dated(entry.event, -shift) })) };
};
const dated = (event: Entry['event'], ms: number): Entry['event'] => toJsonObject({ ...event, at: Number(event['at']) + ms });

const hands: readonly Hand[] = [anotherEnvelope, noEnvelope, oneLetter, anotherAuthor, stripped, again, backDated];

/** What the desk makes of its own record, of every kind in turn. */
export function forge(by: Forger, number: number, dice: Dice): Forged {
  const hand = hands[number % hands.length] ?? noEnvelope;
  return hand(by, dice);
}

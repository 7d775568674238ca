import { isRole } from '../../../domain/roles.ts';
import type { Claims } from '../../../domain/signing/claims.ts';
import { sides } from '../../../domain/signing/duties.ts';
import type { Delegation } from '../../../domain/signing/delegation.ts';
import type { Envelope } from '../../../domain/signing/envelope.ts';
import type { KeyringEntry } from '../../../domain/signing/keyring.ts';
import { base64url, bytesIn, canonical } from '../bad/forge.ts';
import type { Setting } from '../scene.ts';
import { partsOf } from './mutate.ts';
import { type Parts, partsIn, type Workshop } from './workshop.ts';

const twoSign = ['settle-step', 'hold', 'lift'];
const textOf = (part: string): string => bytesIn(part).toString();

/** A witness who shares no line with the readers: why nobody should have taken what was taken. */
export class Witness {
  readonly #setting: Setting;
  readonly #workshop: Workshop;

  constructor(setting: Setting, workshop: Workshop) {
    this.#setting = setting;
    this.#workshop = workshop;
  }

  /** Undefined where all is well; `act` is the name as which the envelope was sent, or `change`. */
  lieIn(envelope: Envelope, act: string): string | undefined {
    const parts = partsOf(envelope);
    if (!parts.every(this.#workshop.isSigned)) return 'it holds a signature that nobody made';
    const text = textOf(envelope.payload);
    const claims = JSON.parse(text) as Claims;
    if (canonical(claims) !== text || base64url(text) !== envelope.payload) return 'it is not canonical';
    return this.#bindingLie(claims, act) ?? this.#timeLie(claims) ?? this.#peopleLie(claims, parts);
  }

  #bindingLie({ act, order: id, genesis, nonce, epoch }: Claims, sentAs: string): string | undefined {
    const { bound } = this.#setting;
    const { terms, acts, policyEpoch } = bound.order;
    if (id !== terms.id || genesis !== bound.genesis) return 'it is for another order';
    if (sentAs === 'change') return undefined;
    if (act !== sentAs) return 'it is another act';
    return epoch === policyEpoch || Object.hasOwn(acts, nonce) ? undefined : 'it is of another epoch';
  }

  #timeLie({ issued, expires }: Claims): string | undefined {
    const { now } = this.#setting;
    return issued <= now + 60_000 && now < expires && issued < expires && expires - issued <= 31 * 86_400_000 ? undefined : 'it is of another time';
  }

  #peopleLie(claims: Claims, parts: readonly Parts[]): string | undefined {
    const needed = claims.evidence || twoSign.includes(claims.act) ? 2 : 1;
    if (parts.length !== needed) return `it has ${parts.length} signatures`;
    const first = claims.evidence ? 'seller.desk' : claims.role;
    const roles = [first, claims.act === 'hold' || claims.act === 'lift' ? 'policy.admin' : 'compliance.second'].slice(0, needed);
    const keys = parts.map(([header]) => this.#keyOf(header));
    if (keys[0]?.holder !== claims.signer) return 'it names another person';
    const people = roles.map((role, at) => this.#peopleBehind(keys[at], role, claims));
    if (people.some((some) => some.length === 0)) return 'somebody signed who may not';
    // An act that was taken before is told so before anybody asks for duties: nothing is done by it.
    if (Object.hasOwn(this.#setting.bound.order.acts, claims.nonce)) return undefined;
    const all = people.flat();
    if (new Set(all).size !== all.length) return 'one person stands behind both signatures';
    return roles.some((role, at) => people[at]?.some((person) => this.#isTorn(person, role))) ? 'somebody has acted for another side' : undefined;
  }

  #keyOf(header: string): KeyringEntry | undefined {
    const { now, cast } = this.#setting;
    const { kid } = JSON.parse(textOf(header)) as { readonly kid: string };
    return cast.keyring.keys.find(({ id, from, until, revoked }) => id === kid && from <= now && now < (until ?? Infinity) && now < (revoked?.at ?? Infinity));
  }

  #peopleBehind(key: KeyringEntry | undefined, asked: string, claims: Claims): string[] {
    if (!key) return [];
    if (key.role === asked) return [key.holder];
    const delegation = (claims.delegations ?? []).map((jws) => this.#delegationIn(jws, claims)).find((one) => one?.to === key.holder && one.role === asked);
    return delegation ? [key.holder, delegation.from] : [];
  }

  #delegationIn(jws: string, { order, act }: Claims): Delegation | undefined {
    const parts = partsIn(jws);
    if (!parts || !this.#workshop.isSigned(parts)) return undefined;
    const delegation = JSON.parse(textOf(parts[1])) as Delegation;
    const giver = this.#keyOf(parts[0]);
    const covers = (names: 'all' | readonly string[], name: string): boolean => names === 'all' || names.includes(name);
    const isFor =
      covers(delegation.orders, order) && covers(delegation.acts, act) && delegation.begins <= this.#setting.now && this.#setting.now < delegation.ends;
    return isFor && giver?.holder === delegation.from && giver.role === delegation.role ? delegation : undefined;
  }

  #isTorn(person: string, role: string): boolean {
    const actors = this.#setting.bound.order.actors ?? {};
    return Object.hasOwn(actors, person) && isRole(role) && actors[person] !== sides[role];
  }
}

import { monthsAfter } from '../../domain/calendar.ts';
import type { OrderEvent } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy.ts';
import { authorityDay } from '../../domain/rules/authority-day.ts';
import type { RegisteredPaper } from '../../domain/shipping.ts';
import type { Signed } from '../../domain/signing/signed.ts';
import type { License } from '../../domain/us-review.ts';

const day = 86_400_000;
const dayFrom = (date: string, shift: number): string => new Date(Date.parse(date) + shift).toISOString().slice(0, 10);

/**
 * A story's calendar beside that of the engine that tells it: the story begins at its own hour of the next day, so that
 * hours stay the hours and days are counted alike. Times are epoch milliseconds, days are YYYY-MM-DD.
 */
export class Calendar {
  readonly #shift: number;

  /** `start` is the story's first moment, `begun` the engine's moment from which on it is told. */
  constructor(start: number, begun: number) {
    this.#shift = Math.ceil((begun - start) / day) * day;
  }

  /** A moment of the story as the engine has it. */
  real(at: number): number {
    return at + this.#shift;
  }

  /** A day that somebody names in the story as the engine has it. */
  realDay(named: string): string {
    return dayFrom(named, this.#shift);
  }

  /** A policy as the engine's order pins it: its zone puts the clock forward and back on the days of the story. */
  realPolicy(policy: Policy): Policy {
    if (policy.edition === 1 || policy.review.day.reading === 'exact') return policy;
    const { zone } = policy.review.day;
    const offsets = zone.offsets.map(({ from, minutes }) => ({ from: this.real(from), minutes }));
    return { ...policy, review: { ...policy.review, day: { reading: 'day-end', zone: { ...zone, offsets } } } };
  }

  /** An event of the engine, of an order under this policy, as it stands in the story. */
  told(event: OrderEvent, policy: Policy): OrderEvent {
    const { signed } = event;
    const told: OrderEvent = { ...event, at: event.at - this.#shift, ...(signed && { signed: this.#toldSignature(signed) }) };
    if (told.type === 'decision-corrected') return { ...told, effects: told.effects.map((effect) => this.toldText(effect)) };
    if (told.type === 'license-issued') return { ...told, license: this.#toldLicense(told, policy) };
    if (told.type === 'paper-registered') return { ...told, ...this.#toldPaper(told) };
    if (told.type === 'goods-shipped' && told.certificate)
      return { ...told, certificate: { ...told.certificate, papers: told.certificate.papers.map((paper) => this.#toldPaper(paper)) } };
    if (told.type !== 'license-found' || told.license.expires === undefined) return told;
    return { ...told, license: { ...told.license, expires: dayFrom(told.license.expires, -this.#shift) } };
  }

  /** Months differ in length: where the last day follows from the policy it is counted from the story's own day of issue. */
  #toldLicense({ license, act }: OrderEvent<'license-issued'>, policy: Policy): License {
    const { expires, issuedAt } = license;
    const told = { ...license, issuedAt: issuedAt - this.#shift };
    if (expires === undefined) return told;
    const said: unknown = act && JSON.parse(act.content);
    const isNamed = typeof said === 'object' && said !== null && 'expires' in said;
    const months = policy.edition === 1 ? null : policy.license.validMonths;
    if (isNamed || months === null) return { ...told, expires: dayFrom(expires, -this.#shift) };
    return { ...told, expires: monthsAfter(dayFrom(authorityDay(policy, issuedAt), -this.#shift), months) };
  }

  #toldPaper<P extends RegisteredPaper>(paper: P): P {
    const { dated, expires } = paper;
    return { ...paper, dated: dayFrom(dated, -this.#shift), ...(expires !== undefined && { expires: dayFrom(expires, -this.#shift) }) };
  }

  #toldSignature(signed: Signed): Signed {
    return signed.kind === 'recorded' ? { ...signed, evidence: { ...signed.evidence, decidedAt: signed.evidence.decidedAt - this.#shift } } : signed;
  }

  /** A sentence of the engine with its days as they stand in the story; an order names days as 2026-01-21. */
  toldText(text: string): string {
    return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => {
      return Number.isNaN(Date.parse(date)) ? date : dayFrom(date, -this.#shift);
    });
  }
}

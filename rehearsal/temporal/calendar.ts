import type { OrderEvent } from '../../domain/events.ts';
import type { Signed } from '../../domain/signing/signed.ts';

const day = 86_400_000;

/**
 * A story's calendar beside that of the engine that tells it: the story begins at its own hour of the next day, so that
 * hours stay the hours and days are counted alike. Times are epoch milliseconds.
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

  /** An event of the engine as it stands in the story. */
  told(event: OrderEvent): OrderEvent {
    const { signed } = event;
    const told: OrderEvent = { ...event, at: event.at - this.#shift, ...(signed && { signed: this.#toldSignature(signed) }) };
    return told.type === 'license-issued' ? { ...told, license: { ...told.license, issuedAt: told.license.issuedAt - this.#shift } } : told;
  }

  #toldSignature(signed: Signed): Signed {
    return signed.kind === 'recorded' ? { ...signed, evidence: { ...signed.evidence, decidedAt: signed.evidence.decidedAt - this.#shift } } : signed;
  }

  /** A sentence of the engine with its days as they stand in the story; an order names days as 2026-01-21. */
  toldText(text: string): string {
    return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => {
      const at = Date.parse(date);
      return Number.isNaN(at) ? date : new Date(at - this.#shift).toISOString().slice(0, 10);
    });
  }
}

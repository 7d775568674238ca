import type { OrderEvent } from '../../domain/events.ts';

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
    const at = event.at - this.#shift;
    return event.type === 'license-issued' ? { ...event, at, license: { ...event.license, issuedAt: event.license.issuedAt - this.#shift } } : { ...event, at };
  }

  /** A sentence of the engine with its days as they stand in the story; an order names days as 2026-01-21. */
  toldText(text: string): string {
    return text.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => {
      const at = Date.parse(date);
      return Number.isNaN(at) ? date : new Date(at - this.#shift).toISOString().slice(0, 10);
    });
  }
}

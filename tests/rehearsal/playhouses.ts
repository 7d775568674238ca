import { inject } from 'vitest';
import { openPlayhouse, type Playhouse } from '../../rehearsal/temporal/playhouse.ts';

/** A few playhouses, each lent to one story at a time. */
export class Playhouses {
  readonly #number: number;
  #free: Playhouse[] = [];
  #waiting: (() => void)[] = [];

  constructor(number: number) {
    this.#number = number;
  }

  async open(): Promise<void> {
    for (let opened = 0; opened < this.#number; opened += 1)
      this.#free.push(await openPlayhouse({ environment: process.env, bundleFolder: inject('folder'), say: () => undefined }));
  }

  async lend<T>(work: (playhouse: Playhouse) => Promise<T>): Promise<T> {
    while (this.#free.length === 0) await new Promise<void>((free) => this.#waiting.push(free));
    const playhouse = this.#free.pop();
    if (!playhouse) throw new Error('a playhouse was free and is not');
    try {
      return await work(playhouse);
    } finally {
      this.#free.push(playhouse);
      this.#waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    for (const playhouse of this.#free) await playhouse.close();
  }
}

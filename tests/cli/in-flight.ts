import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const example = readFileSync(new URL('../../examples/orders-in-flight.yaml', import.meta.url), 'utf8');

/** Orders in flight, as the example has them, under ids of their own. */
export interface InFlight {
  readonly text: string;
  /** In review: Defense has not answered. */
  readonly reviewed: string;
  /** Licensed, a first part delivered. */
  readonly partShipped: string;
  /** The license of the second, and one that no order of the file draws on. */
  readonly license: string;
  readonly partUsed: string;
}

export function inFlight(): InFlight {
  const own = randomUUID().slice(0, 8);
  const named = { reviewed: `F-${own}-1`, partShipped: `F-${own}-2`, license: `D42-${own}`, partUsed: `D07-${own}` };
  const text = example
    .replaceAll('F-1001', named.reviewed)
    .replaceAll('F-1002', named.partShipped)
    .replaceAll('D1190042', named.license)
    .replaceAll('D1190007', named.partUsed)
    .replaceAll('F-0990', `F-${own}-0`);
  return { text, ...named };
}

import { faultOfText } from '../domain/fields.ts';
import { usage } from './failure.ts';

/** A text that the ledger keeps or an order is told, under its option: one that they would not take is told before anything is written. */
export const textOf =
  (option: string) =>
  (text: string): string => {
    const fault = faultOfText(text);
    if (fault !== undefined) throw usage(`${option}: ${fault}`);
    return text;
  };

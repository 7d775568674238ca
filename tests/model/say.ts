import type { OrderTerms } from '../../domain/terms.ts';

/** Tells the people who watch a long test how far it is. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The way an order takes, in words. */
export const wayOf = ({ reviews, fileApplication }: Pick<OrderTerms, 'reviews' | 'fileApplication'>): string => `${reviews}, filed ${fileApplication}`;

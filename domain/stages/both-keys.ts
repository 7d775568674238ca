import type { Order } from '../state.ts';
import { allocation } from './allocation.ts';
import { chinaReview } from './china-review.ts';
import { usReview } from './us-review/stage.ts';

/** Whether an order has its units and both keys have turned: its goods may be made ready. */
export const haveKeysTurned = (order: Order): boolean => [allocation, usReview, chinaReview].every((stage) => stage.isDone(order));

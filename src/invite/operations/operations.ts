import type { OrderKind } from '../../domain/imports/order.ts';
import type { OrderedOperation } from './ordered-operation.ts';
import { REMINDER } from './remind/reminder.ts';
import { WITHDRAWAL } from './withdraw/withdrawal.ts';

/** What people can order for the invited people of an import. */
export const ORDERED: Readonly<Record<OrderKind, OrderedOperation>> = {
  withdraw: WITHDRAWAL,
  remind: REMINDER,
};

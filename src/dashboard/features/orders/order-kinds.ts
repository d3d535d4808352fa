import type { OrderKind } from '../../../domain/imports/order.ts';
import type { OrderName } from '../../api/orders-api.ts';

/** The kind of an order by the last part of its address. */
export const KIND_OF: Readonly<Record<OrderName, OrderKind>> = {
  undo: 'withdraw',
  remind: 'remind',
};

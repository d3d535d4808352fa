import { queryOptions } from '@tanstack/react-query';
import type { LatestOrder, Order } from '../../server/schemas/orders/order-schema.ts';
import { importKey } from './imports-api.ts';
import { fetchJson, post } from './request.ts';

/** The last part of an order's address. */
export type OrderName = 'undo' | 'remind';

const path = (id: number, name: OrderName, rest = '') => `/api/imports/${id}/${name}${rest}`;

/** How often an order in motion is read, in milliseconds. */
const EVERY_MS = 700;

/** Whether an order changes without a user's action. */
export const isInMotion = (order: Order | null | undefined): boolean =>
  order?.state === 'reading' || order?.state === 'running';

/** The latest order of a kind, read again while it is in motion. */
export const orderQuery = (id: number, name: OrderName) =>
  queryOptions({
    queryKey: [...importKey(id), 'order', name],
    queryFn: async ({ signal }) => (await fetchJson<LatestOrder>(path(id, name), { signal })).order,
    refetchInterval: ({ state }) => (isInMotion(state.data) ? EVERY_MS : false),
  });

/** Has the preview read. @param message of a reminder */
export const previewOrder = (id: number, name: OrderName, message?: string) =>
  post<Order>(path(id, name, '/preview'), message === undefined ? {} : { message });

export const confirmOrder = (id: number, name: OrderName, confirm: number) =>
  post<Order>(path(id, name), { confirm });

export const stopOrder = (id: number, name: OrderName) => post<Order>(path(id, name, '/stop'));

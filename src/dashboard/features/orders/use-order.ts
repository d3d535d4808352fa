import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { importQuery } from '../../api/imports-api.ts';
import {
  confirmOrder,
  isInMotion,
  type OrderName,
  orderQuery,
  previewOrder,
  stopOrder,
} from '../../api/orders-api.ts';

/** Something that a person does with an order. */
export type OrderAct = 'preview' | 'stop' | { confirm: number } | { message: string };

/** The latest order of an import and what can be done with it. */
export function useOrder(id: number, name: OrderName, isShown: boolean) {
  const client = useQueryClient();
  const query = orderQuery(id, name);
  const { data: order, error, isFetched } = useQuery({ ...query, enabled: isShown });
  const acting = useMutation({
    mutationFn: (act: OrderAct) => {
      if (act === 'preview') return previewOrder(id, name);
      if (act === 'stop') return stopOrder(id, name);
      if ('message' in act) return previewOrder(id, name, act.message);
      return confirmOrder(id, name, act.confirm);
    },
    onSuccess: (changed) => client.setQueryData(query.queryKey, changed),
    // After a refusal, the shown state is outdated.
    onError: () => client.invalidateQueries({ queryKey: query.queryKey }),
  });
  // The import's counts change with the order.
  const state = isInMotion(order) ? 'moves' : order?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state
  useEffect(() => {
    if (order?.startedAt == null) return;
    void client.invalidateQueries({ queryKey: importQuery(id).queryKey });
  }, [state]);
  return { order: order ?? null, isFetched, error: acting.error ?? error, acting };
}

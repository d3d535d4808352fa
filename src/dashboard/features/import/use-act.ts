import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type Action,
  act,
  importKey,
  importQuery,
  type RetryOrder,
  retry,
} from '../../api/imports-api.ts';

/** Gives an order about an import and shows at once what came of it. */
export function useAct(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: Action | RetryOrder) =>
      typeof order === 'string' ? act(id, order) : retry(id, order),
    onSuccess: (it) => client.setQueryData(importQuery(id).queryKey, it),
    // When it was refused, the state is not what is shown.
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: importKey(id) });
      // The button that was pressed is gone, and the keyboard must not begin from nowhere.
      if (document.activeElement === document.body) {
        document.querySelector('h1')?.focus({ preventScroll: true });
      }
    },
  });
}

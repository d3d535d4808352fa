import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Selection } from '../../../server/schemas/pair-schema.ts';
import {
  type Action,
  act,
  importKey,
  importQuery,
  leaveOut,
  type RetryOrder,
  retry,
  startFirst,
} from '../../api/imports-api.ts';

/** Runs an action on an import and shows its result at once. */
export function useAct(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: Action | RetryOrder | { leaveOut: Selection } | { first: number }) => {
      if (typeof action === 'string') return act(id, action);
      if ('first' in action) return startFirst(id, action.first);
      return 'leaveOut' in action ? leaveOut(id, action.leaveOut) : retry(id, action);
    },
    onSuccess: (it) => client.setQueryData(importQuery(id).queryKey, it),
    // After a refusal, the shown state is outdated.
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: importKey(id) });
      // The pressed button is gone, and keyboard users must not lose their place.
      if (document.activeElement === document.body) {
        document.querySelector('h1')?.focus({ preventScroll: true });
      }
    },
  });
}

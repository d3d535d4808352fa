import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Reread } from '../../../server/schemas/upload-schema.ts';
import { importKey, importQuery, reread } from '../../api/imports-api.ts';
import { moveDraft, settleDraft } from './drafts.ts';

const KEY = ['reread'];

/** Whether a file is being read again; another change meanwhile would undo that one. */
export const useIsRereading = (): boolean => useIsMutating({ mutationKey: KEY }) > 0;

/** Reads the file with other options; the result can be another import, with its own address. */
export function useReread(id: number) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationKey: KEY,
    mutationFn: (how: Partial<Reread>) => reread(id, how),
    onSuccess: async (it, { message }) => {
      moveDraft(id, it.id);
      if (message !== undefined) settleDraft(it.id, message);
      client.setQueryData(importQuery(it.id).queryKey, it);
      // A user who has left the page meanwhile stays there.
      const isHere = /^\/imports\/(\d+)/.exec(window.location.pathname)?.[1] === String(id);
      if (it.id !== id && isHere) navigate(`/imports/${it.id}`, { replace: true });
      await client.invalidateQueries({ queryKey: importKey(it.id) });
    },
  });
}

import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Import } from '../../../server/schemas/import-schema.ts';
import { changeMessage, importKey, importQuery } from '../../api/imports-api.ts';
import { useIsAdmin } from '../../app/session-gate.tsx';
import { settleDraft, useDraft } from './drafts.ts';

const KEY = ['message'];

export const useIsSavingText = (): boolean => useIsMutating({ mutationKey: KEY }) > 0;

/** Saves the invitation text of an import that has not started. */
export function useSaveText(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: KEY,
    mutationFn: (text: string) => changeMessage(id, text || null),
    onSuccess: async (it, text) => {
      settleDraft(id, text);
      client.setQueryData(importQuery(id).queryKey, it);
      await client.invalidateQueries({ queryKey: importKey(id) });
    },
  });
}

export const savedText = ({ message }: Import): string => message ?? '';

/** @returns the unsaved invitation text; null when there is none */
export function useUnsavedText(it: Import): string | null {
  const isAdmin = useIsAdmin();
  const draft = useDraft(it.id);
  return isAdmin && draft !== savedText(it) ? draft : null;
}

import { useSyncExternalStore } from 'react';

const KEPT = 'bulk-invite-draft-';
const listeners = new Set<() => void>();

const keyOf = (id: number) => `${KEPT}${id}`;

/**
 * An invitation text that was edited and not saved. The tab stores it, so that it survives a
 * reload, or a new login after the session has ended.
 *
 * @returns null when there is none
 */
export function useDraft(id: number): string | null {
  return useSyncExternalStore(subscribe, () => sessionStorage.getItem(keyOf(id)));
}

/** @param text null deletes the draft */
export function keepDraft(id: number, text: string | null): void {
  if (text === null) sessionStorage.removeItem(keyOf(id));
  else sessionStorage.setItem(keyOf(id), text);
  for (const notify of listeners) notify();
}

/** Moves a draft to the import that replaces another one. */
export function moveDraft(from: number, to: number): void {
  const text = sessionStorage.getItem(keyOf(from));
  if (from === to || text === null) return;
  keepDraft(to, text);
  keepDraft(from, null);
}

/** Deletes the draft after a text was saved, unless it was edited meanwhile. */
export function settleDraft(id: number, saved: string | null): void {
  if (sessionStorage.getItem(keyOf(id)) === (saved ?? '')) keepDraft(id, null);
}

/** Deletes all drafts, so that the next user of the computer does not see them. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(KEPT)) sessionStorage.removeItem(key);
  }
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

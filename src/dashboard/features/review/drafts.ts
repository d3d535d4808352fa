import { useSyncExternalStore } from 'react';

const KEPT = 'bulk-invite-draft-';
const listeners = new Set<() => void>();

const keyOf = (id: number) => `${KEPT}${id}`;

/**
 * An invitation text that somebody has begun and not saved. The tab keeps it, so that it is still
 * there after a reload, or when a session has ended and they have logged in again.
 *
 * @returns null when there is none
 */
export function useDraft(id: number): string | null {
  return useSyncExternalStore(subscribe, () => sessionStorage.getItem(keyOf(id)));
}

/** @param text null takes it away */
export function keepDraft(id: number, text: string | null): void {
  if (text === null) sessionStorage.removeItem(keyOf(id));
  else sessionStorage.setItem(keyOf(id), text);
  for (const notify of listeners) notify();
}

/** Another import has taken the place of one, and what was begun there belongs to it. */
export function moveDraft(from: number, to: number): void {
  const text = sessionStorage.getItem(keyOf(from));
  if (from === to || text === null) return;
  keepDraft(to, text);
  keepDraft(from, null);
}

/** A text was saved: unless somebody has typed on meanwhile, it is no draft any more. */
export function settleDraft(id: number, saved: string | null): void {
  if (sessionStorage.getItem(keyOf(id)) === (saved ?? '')) keepDraft(id, null);
}

/** Leaves nothing behind for whoever sits down there next. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(KEPT)) sessionStorage.removeItem(key);
  }
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

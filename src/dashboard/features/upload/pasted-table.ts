import { useSyncExternalStore } from 'react';

let table = '';
const listeners = new Set<() => void>();

/** The table that was pasted and not uploaded yet. It survives a refusal, another page, and a new login. */
export const usePastedTable = (): string => useSyncExternalStore(subscribe, () => table);

/** @param text empty forgets it */
export function keepPastedTable(text: string): void {
  table = text;
  for (const notify of listeners) notify();
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/** A cell in quotes, which a spreadsheet writes when the cell has line ends or tabs. */
const QUOTED = /(^|\t)"(?:[^"]|"")*"(?=\t|$)/gm;

/** @returns the number of rows that are not blank, and of the columns of the first */
export function sizeOfTable(text: string): { rows: number; columns: number } {
  const lines = text.replaceAll('\r', '').replace(QUOTED, '$1x').split('\n');
  const rows = lines.filter((line) => line.trim() !== '');
  return { rows: rows.length, columns: rows[0]?.split('\t').length ?? 0 };
}

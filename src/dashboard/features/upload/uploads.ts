import { useSyncExternalStore } from 'react';
import type { FormatOptions } from '../../../server/schemas/format-schema.ts';
import { ApiError } from '../../api/api-error.ts';
import { upload } from '../../api/upload-api.ts';

/** What the page itself finds wrong with a file. */
export type FileFault = 'empty' | 'too_large' | 'changed';

/** An upload and how far it is. */
export interface Upload {
  readonly id: number;
  readonly file: File;
  /** The format options that the user has chosen. */
  readonly how: FormatOptions;
  readonly state:
    | { readonly is: 'waiting' }
    | { readonly is: 'sending'; readonly sent: number }
    | { readonly is: 'refused'; readonly error: Error }
    | { readonly is: 'faulty'; readonly fault: FileFault }
    | { readonly is: 'done'; readonly importId: number };
}

const WAITING = { is: 'waiting' } as const;

let uploads: readonly Upload[] = [];
let lastId = 0;
let stop: AbortController | undefined;
const listeners = new Set<() => void>();

/** All uploads of this page that the user has not removed. They go on while other views are shown. */
export const useUploads = (): readonly Upload[] => useSyncExternalStore(subscribe, () => uploads);

/** Whether files are being sent or wait for it. */
export const isUploading = (list: readonly Upload[] = uploads): boolean =>
  list.some(({ state }) => state.is === 'waiting' || state.is === 'sending');

/**
 * Adds files, to be uploaded one after the other. A file with the name of a refused one replaces it.
 *
 * @param maxBytes the server's limit for each
 */
export function addUploads(files: Iterable<File>, maxBytes: number): void {
  const added = [...files].map((file): Upload => {
    const fault = faultOf(file, maxBytes);
    const state = fault === undefined ? WAITING : ({ is: 'faulty', fault } as const);
    return { id: ++lastId, file, how: {}, state };
  });
  const names = new Set(added.map(({ file }) => file.name));
  const isReplaced = ({ file, state }: Upload) =>
    names.has(file.name) && (state.is === 'refused' || state.is === 'faulty');
  change([...uploads.filter((one) => !isReplaced(one)), ...added]);
  void sendNext();
}

/** Sends a refused file again, with other format options. */
export function uploadAgain(id: number, how: FormatOptions): void {
  update(id, { how, state: WAITING });
  void sendNext();
}

/** Removes an upload from the list; one that is under way is stopped. */
export function removeUpload(id: number): void {
  const found = uploads.find((one) => one.id === id);
  change(uploads.filter((one) => one !== found));
  if (found?.state.is === 'sending') stop?.abort();
}

/** Stops and removes everything, as for another user. */
export function removeAllUploads(): void {
  change([]);
  stop?.abort();
}

function faultOf({ size }: File, maxBytes: number): FileFault | undefined {
  if (size === 0) return 'empty';
  return size > maxBytes ? 'too_large' : undefined;
}

async function sendNext(): Promise<void> {
  const next = uploads.find(({ state }) => state.is === 'waiting');
  if (next === undefined || uploads.some(({ state }) => state.is === 'sending')) return;
  const { id, file, how } = next;
  update(id, { state: { is: 'sending', sent: 0 } });
  stop = new AbortController();
  const onProgress = (sent: number) => update(id, { state: { is: 'sending', sent } });
  try {
    if (!(await canBeRead(file))) update(id, { state: { is: 'faulty', fault: 'changed' } });
    else {
      const { id: importId } = await upload(file, how, onProgress, stop.signal);
      update(id, { state: { is: 'done', importId } });
    }
  } catch (error) {
    // The browser reports a file that changes meanwhile like a server that cannot be reached.
    const isLost = error instanceof ApiError && error.problem === null;
    const isChanged = isLost && !(await canBeRead(file));
    update(id, {
      state: isChanged
        ? { is: 'faulty', fault: 'changed' }
        : { is: 'refused', error: error instanceof Error ? error : new Error(String(error)) },
    });
  }
  await sendNext();
}

/** A file that was changed, moved or deleted since it was chosen cannot be read any more. */
async function canBeRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function update(id: number, part: Partial<Upload>): void {
  change(uploads.map((one) => (one.id === id ? { ...one, ...part } : one)));
}

function change(list: readonly Upload[]): void {
  uploads = list;
  for (const notify of listeners) notify();
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

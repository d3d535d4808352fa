import type { WaitReason } from '../domain/imports/wait-reason.ts';

/** How far a check has come. */
export interface CheckProgress {
  what: 'people' | 'groups';
  done: number;
}

export interface CheckOptions {
  signal?: AbortSignal;
  onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** Called with the reason for a wait, as text and as a code. */
  onWait?: ((why: string, reason: WaitReason) => void) | undefined;
}

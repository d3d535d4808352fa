/** How far a check has come. */
export interface CheckProgress {
  what: 'people' | 'groups';
  done: number;
}

export interface CheckOptions {
  signal?: AbortSignal;
  onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** Hears in words why it takes longer. */
  onWait?: ((why: string) => void) | undefined;
}

import { readdirSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, SYSTEM_CLOCK } from '../../domain/time/clock.ts';
import { problem } from '../../messages/problems.ts';
import { createPrivateFile, hasCode, makePrivateFolder } from '../../platform/private-files.ts';

/**
 * Names that are stored for a limited time, across restarts and for every process that shares the
 * folder. Each name is an empty file: the file system creates and deletes it in one step, and a
 * crash leaves no partial entry. Names consist of letters, digits, `-` and `_`.
 */
export class ExpiringMarks {
  readonly #folder: string;
  readonly #lifetimeMs: number;
  readonly #clock: Clock;

  constructor(folder: string, lifetimeMs: number, clock: Clock = SYSTEM_CLOCK) {
    this.#folder = folder;
    this.#lifetimeMs = lifetimeMs;
    this.#clock = clock;
  }

  /** Stores a name, and deletes expired ones. @throws Problem when it cannot be stored */
  add(name: string): void {
    try {
      makePrivateFolder(this.#folder);
      this.#remove((other) => !this.has(other));
      createPrivateFile(join(this.#folder, name));
    } catch (cause) {
      if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
      throw problem('marks_unsaved', { path: this.#folder, said: cause.message }, { cause });
    }
  }

  /** @returns whether the name is stored and has not expired */
  has(name: string): boolean {
    const found = statSync(join(this.#folder, name), { throwIfNoEntry: false });
    return found !== undefined && this.#clock.now() - found.mtimeMs <= this.#lifetimeMs;
  }

  /** Deletes a name. @returns whether it was stored; true for one caller only, over all processes */
  take(name: string): boolean {
    return this.has(name) && unlinked(join(this.#folder, name));
  }

  keepOnly(name: string): void {
    this.#remove((other) => other !== name);
  }

  #remove(isOver: (name: string) => boolean): void {
    for (const name of readdirSync(this.#folder)) {
      if (isOver(name)) unlinked(join(this.#folder, name));
    }
  }
}

function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

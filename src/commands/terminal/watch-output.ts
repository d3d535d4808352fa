import type { Writable } from 'node:stream';
import type { Streams } from './terminal.ts';

/** Reports whether the output of a command was lost. */
export interface OutputWatch {
  /** Resolves when everything is written or lost. @returns whether some of stdout is lost */
  isLost(): Promise<boolean>;
}

/**
 * Keeps the process alive when the disk is full or the terminal is gone: the work continues, and
 * stderr reports once that stdout is lost. A reader that closes the pipe early, as `| head` does,
 * is not a loss. Errors of stderr itself are ignored.
 */
export function watchOutput({ stdout, stderr }: Streams): OutputWatch {
  let lost = false;
  stderr.on('error', () => {});
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || lost) return;
    lost = true;
    stderr.write(
      `error: The output cannot be written to stdout (${error.message}).\n` +
        '       Free disk space, or redirect the output elsewhere.\n',
    );
  });
  return {
    async isLost() {
      await Promise.all([flushed(stdout), flushed(stderr)]);
      return lost;
    },
  };
}

/** A stream calls back in order, then emits `error`; a failed one sometimes does not call back. */
const flushed = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const soon = () => setImmediate(resolve);
    stream.once('error', soon);
    if (stream.errored === null) stream.write('', soon);
    else soon();
  });

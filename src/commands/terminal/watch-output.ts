import type { Writable } from 'node:stream';
import type { Streams } from './terminal.ts';

/** What became of what a command has printed. */
export interface OutputWatch {
  /** Resolves when everything is written or lost. @returns whether some of stdout is lost */
  isLost(): Promise<boolean>;
}

/**
 * Keeps a full disk or a terminal that is gone from ending the process: the work goes on, and stderr
 * says once that stdout is lost. A reader that has read enough, as `| head` has, is no loss; and
 * where stderr itself is lost, there is nobody to tell.
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

/** A stream calls back in order, and says after that what failed; one that has failed may not call. */
const flushed = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    const soon = () => setImmediate(resolve);
    stream.once('error', soon);
    if (stream.errored === null) stream.write('', soon);
    else soon();
  });

import type { Readable, Writable } from 'node:stream';
import { visibleLines } from '../../domain/text/visible-text.ts';

type OnTerminal<Stream> = Stream & { readonly isTTY?: boolean; readonly columns?: number };

/** The output streams of a command. On a terminal, progress is redrawn in place. */
export interface Streams {
  readonly stdout: OnTerminal<Writable>;
  readonly stderr: OnTerminal<Writable>;
}

/** The streams and the environment that a command is started with, as `process` has them. */
export interface Terminal extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: OnTerminal<Readable>;
}

/** @returns whether lines can be overwritten; a terminal of width 0 shows none of them */
export const staysInPlace = ({ isTTY, columns }: OnTerminal<Writable>): boolean =>
  isTTY === true && columns !== 0;

/** @returns a function that writes lines to the stream, without terminal control sequences */
export const printTo =
  (stream: Writable) =>
  (line: string): void => {
    stream.write(`${visibleLines(line)}\n`);
  };

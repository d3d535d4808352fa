import type { Readable, Writable } from 'node:stream';
import { visibleLines } from '../../domain/text/visible-text.ts';

type OnTerminal<Stream> = Stream & { readonly isTTY?: boolean; readonly columns?: number };

/** Where a command says what it has to say; it changes what it shows where somebody looks on. */
export interface Streams {
  readonly stdout: OnTerminal<Writable>;
  readonly stderr: OnTerminal<Writable>;
}

/** What a command is started with, as a process has it. */
export interface Terminal extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: OnTerminal<Readable>;
}

/** @returns whether lines can be written over there: a terminal of no width shows nothing of them */
export const staysInPlace = ({ isTTY, columns }: OnTerminal<Writable>): boolean =>
  isTTY === true && columns !== 0;

/** @returns what writes lines to the stream, without anything that a terminal obeys */
export const printTo =
  (stream: Writable) =>
  (line: string): void => {
    stream.write(`${visibleLines(line)}\n`);
  };

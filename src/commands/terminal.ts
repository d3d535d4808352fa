import type { Readable, Writable } from 'node:stream';

type OnTerminal<Stream> = Stream & { readonly isTTY?: boolean };

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

/** @returns what writes lines to the stream */
export const printTo =
  (stream: Writable) =>
  (line: string): void => {
    stream.write(`${line}\n`);
  };

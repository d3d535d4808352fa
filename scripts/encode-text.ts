import { TextDecoder } from 'node:util';
import type { EightBit } from '../src/files/text/eight-bit.ts';
import type { Encoding } from '../src/files/text/encoding.ts';

/** @returns the text's bytes, without a byte order mark. @throws Error if the encoding lacks a character */
export function encodeText(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text);
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1251':
    case 'windows-1252':
    case 'windows-1250':
    case 'koi8-r':
    case 'ibm866':
    case 'x-mac-cyrillic':
      return Buffer.from(Array.from(text, (character) => byteOf(character, encoding)));
    default:
      return encoding satisfies never;
  }
}

/** @returns all characters of a single-byte encoding, in the order of their bytes */
export function charactersOf(encoding: EightBit): string[] {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  // Node 24.5 decodes the characters of windows-1252 beyond Latin-1 only with `stream`.
  return [...new TextDecoder(encoding).decode(bytes, { stream: true })];
}

function byteOf(character: string, encoding: EightBit): number {
  const byte = charactersOf(encoding).indexOf(character);
  if (byte === -1) throw new Error(`${encoding} has no ${character}`);
  return byte;
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutText,
  escapeUnseen,
  visibleLine,
  visibleLines,
} from '../../../src/domain/text/visible-text.ts';
import { anyText } from '../../support/any-text.ts';

/** Control characters, direction marks, and invisible characters. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
const HOSTILE = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom(
        '\u001b[2J',
        '\u009b31m',
        '\u202e',
        '\u2066',
        '\u200b',
        '\u2028',
        '\u0007',
        '\u007f',
      ),
    ),
  )
  .map((parts) => parts.join(''));

describe('removes control characters from a text', () => {
  test.each([
    ['plain', 'Группа «Ä» 👍', 'Группа «Ä» 👍'],
    ['an escape sequence', 'a\u001b[31mb', 'a[31mb'],
    ['its eight-bit form', 'a\u009b31mb', 'a31mb'],
    ['a bell, a backspace, DEL', 'a\u0007\b\u007fb', 'ab'],
    ['text with its direction reversed', 'evil\u202efdp.exe\u202c', 'evilfdp.exe'],
    ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', 'a'],
    ['characters without width', 'a\u200b\u2060\ufeffb', 'ab'],
    ['line breaks', 'a\r\nb\u2028c\u0085d\te', 'a b c d e'],
    ['half a character', 'a\ud83d', 'a\ufffd'],
  ])('%s', (_, text, shown) => {
    expect(visibleLine(text)).toBe(shown);
  });

  test('from any text', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(visibleLine(text)).not.toMatch(UNSEEN);
        expect(visibleLines(text).replaceAll('\n', '')).not.toMatch(UNSEEN);
        expect(visibleLine(visibleLine(text))).toBe(visibleLine(text));
      }),
    );
  });

  test('but keeps line breaks in a text of several lines', () => {
    expect(visibleLines('a\u001b\r\n\tb\n')).toBe('a\n b\n');
  });

  test('but keeps a line of a log valid JSON with the same content', () => {
    fc.assert(
      fc.property(HOSTILE, (text) => {
        const line = `${JSON.stringify({ text })}\n`;
        const escaped = escapeUnseen(line);
        expect(escaped.trimEnd()).not.toMatch(UNSEEN);
        expect(JSON.parse(escaped)).toEqual(JSON.parse(line));
      }),
    );
  });
});

describe('cuts a text', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['👍👍👍', 3, '👍👍👍'],
    ['👍👍👍👍', 3, '👍👍…'],
    ['', 3, ''],
  ])('%j to %i characters', (text, most, cut) => {
    expect(cutText(text, most)).toBe(cut);
  });

  test('between characters, and only when it is too long', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, most) => {
        const cut = [...cutText(text, most)];
        expect(cut.length).toBe(Math.min(most, [...text].length));
        if ([...text].length <= most) expect(cut.join('')).toBe(text);
      }),
    );
  });
});

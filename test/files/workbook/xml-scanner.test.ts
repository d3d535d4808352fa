import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlScanner } from '../../../src/files/workbook/xml-scanner.ts';
import { attribute } from '../../../src/files/workbook/xml-text.ts';

/** @returns what a handler receives, neighboring texts joined; or why the document is not read */
function scanned(...pieces: string[]): string {
  const found: string[] = [];
  let text = '';
  const add = (part: string) => {
    if (text !== '') found.push(text);
    text = '';
    found.push(part);
  };
  const scanner = new XmlScanner({
    open: (name, attributes) => add(`<${name}${attributes.trimEnd()}>`),
    close: (name) => add(`</${name}>`),
    text: (piece) => {
      text += piece;
    },
  });
  try {
    for (const piece of pieces) scanner.write(piece);
    scanner.end();
    return found.join('');
  } catch (error) {
    return error instanceof Error ? error.message : '?';
  }
}

const DOCUMENT =
  '\ufeff<?xml version="1.0"?>\r\n<x:a  b="1>2" c=\'"\'><!-- <b> --><b/>t&amp;\r\nt<![CDATA[<&>]]>' +
  '<d e = "&#x41;" ></d ></x:a >\n<!-- end -->';

describe('a document', () => {
  it('is read with prefixes, quotes, comments, CDATA and entities', () => {
    expect(scanned(DOCUMENT)).toBe('<a  b="1>2" c=\'"\'><b></b>t&\nt<&><d e = "&#x41;"></d></a>');
  });

  it('is the same in any pieces', () => {
    const whole = scanned(DOCUMENT.replaceAll('\r', ''));
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    fc.assert(
      fc.property(sizes, (sizes) => {
        const pieces: string[] = [];
        const text = DOCUMENT.replaceAll('\r', '');
        for (let at = 0, i = 0; at < text.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(scanned(...pieces)).toBe(whole);
      }),
    );
  });

  it.each([
    ['<!DOCTYPE a><a/>', 'doctype'],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'doctype'],
    ['<a><!ENTITY b "c"></a>', 'damaged'],
    ['<a>&b;</a>', 'damaged'],
    ['<a>&#0;</a>', 'damaged'],
    ['<a>&#x110000;</a>', 'damaged'],
    ['<a><b></a></b>', 'damaged'],
    ['<a>', 'damaged'],
    ['<a/><b/>', 'damaged'],
    ['<a/>text', 'damaged'],
    ['text', 'damaged'],
    ['', 'damaged'],
    ['<a b="1', 'damaged'],
    ['< a/>', 'damaged'],
    [`<a>${'<b>'.repeat(500)}`, 'damaged'],
    [`<a>${'b'.repeat(3_000_000)}`, 'damaged'],
  ])('%.60s is refused', (text, why) => {
    expect(scanned(text)).toBe(why);
  });

  it('skips the content of an element where the handler says so', () => {
    const found: string[] = [];
    const handler = {
      skip: false,
      open(name: string) {
        found.push(name);
        this.skip = name === 'row';
      },
      close: (name: string) => found.push(`/${name}`),
      text: (text: string) => found.push(text),
    };
    const scanner = new XmlScanner(handler);
    for (const sign of '<a><row><c>1</c></row><row/><d>2</d></a>') scanner.write(sign);
    scanner.end();
    expect(found).toEqual(['a', 'row', '/row', 'row', '/row', 'd', '2', '/d', '/a']);
  });
});

it.each([
  [' r="A1" t="s"', 't', 's'],
  [" r = 'A\"1'\n t='s'", 't', 's'],
  [' a="t=" t="s"', 't', 's'],
  [' a=" t=" t="s"', 't', 's'],
  [' sheetId="1" r:id="x"', 'id', 'x'],
  [' calcext:value-type="a" office:value-type="b"', 'office:value-type', 'b'],
  [' name="A &amp; B"', 'name', 'A & B'],
  [' first="1"', 't', undefined],
  ['', 't', undefined],
])('in%s the attribute %s is %s', (attributes, name, value) => {
  expect(attribute(attributes, name)).toBe(value);
});

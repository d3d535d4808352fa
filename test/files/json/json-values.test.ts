import { describe, expect, test } from 'vitest';
import type { JsonShape } from '../../../src/files/json/json-shape.ts';
import { JsonValues } from '../../../src/files/json/json-values.ts';

/** @returns the values of a text that arrives in pieces of one size, with their numbers */
function read(shape: JsonShape, text: string, size = text.length): [number, unknown][] {
  const values = new JsonValues(shape, 'a.json');
  const found: [number, unknown][] = [];
  const readAll = () => {
    for (let some = values.read(); some.length > 0; some = values.read()) {
      found.push(...some.map(({ number, value }): [number, unknown] => [number, value]));
    }
  };
  for (let at = 0; at < text.length; at += size) {
    values.write(text.slice(at, at + size));
    readAll();
  }
  values.end();
  readAll();
  return found;
}

describe.each([1, 2, 3, 1000])('in pieces of %i characters', (size) => {
  test('an array is read element by element', () => {
    const text = '\n [ {"a":"\\"}]\\\\"} ,\r\n{"b":[1,{"c":2}]},3 ,"x", null ]\n';
    expect(read('array', text, size)).toEqual([
      [1, { a: '"}]\\' }],
      [2, { b: [1, { c: 2 }] }],
      [3, 3],
      [4, 'x'],
      [5, null],
    ]);
  });

  test('lines are read with their numbers; a value can span several', () => {
    const text = '{"a":1}\r\n\n{"a":\n2}\n  {"a":3}';
    expect(read('lines', text, size)).toEqual([
      [1, { a: 1 }],
      [3, { a: 2 }],
      [5, { a: 3 }],
    ]);
  });

  test.each([
    ['array', '[{"a":1},\n {"a":x}]', 'line 2, column 7: the text is not valid JSON'],
    ['array', '[{"a":1}\n{"a":2}]', 'line 2, column 1: the text is not valid JSON'],
    ['array', '[{"a":1},]', 'line 1, column 10: the text is not valid JSON'],
    ['array', '[1] 2', 'line 1, column 5: the text is not valid JSON'],
    ['array', '{"a":1}', 'line 1, column 1: the text is not valid JSON'],
    ['array', '[{"a":1},\n{"a":', 'line 2: the JSON ends too early'],
    ['array', '[{"a":1}\n', 'line 2: the JSON ends too early'],
    ['array', '[', 'line 1: the JSON ends too early'],
    ['array', '[tru', 'line 1, column 2: the text is not valid JSON'],
    ['lines', '{"a":1} {"a":2}', 'line 1, column 9: the text is not valid JSON'],
    ['lines', '{"a":1},\n{"a":2}', 'line 1, column 8: the text is not valid JSON'],
    ['lines', '{"a":1}\n{"a":1\n{"a":2}\n', 'line 3, column 1: the text is not valid JSON'],
    ['lines', '{"a":1}\n{"a":"b', 'line 2, column 6: the text is not valid JSON'],
  ] as const)('broken JSON is refused with its place: %s %j', (shape, text, message) => {
    expect(() => read(shape, text, size)).toThrow(message);
  });
});

test('a value that is too long or too deep is refused', () => {
  expect(() => read('lines', `{"a":"${'x'.repeat(1024 * 1024)}"}`, 65_536)).toThrow(
    'line 1: a JSON value is longer than 1 MiB',
  );
  expect(() => read('array', `[${'['.repeat(100_000)}`, 65_536)).toThrow('deeper than 64 levels');
});

test('numbers keep the digits that they have in the file', () => {
  const [[, value] = []] = read('lines', '{"a":12345678901234567890,"b":2.000,"c":"1.50","d":15}');
  expect(value).toEqual({
    a: { text: '12345678901234567890' },
    b: { text: '2.000' },
    c: '1.50',
    d: 15,
  });
});

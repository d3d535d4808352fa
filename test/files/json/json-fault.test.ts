import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from '../../../src/files/json/json-fault.ts';
import { runs } from '../../support/vitest/properties.ts';

test.each([
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":01}', 6],
  ['{"a":nul}', 5],
  ['{"a":"b\\x"}', 5],
  ['{"a":"b\nc"}', 5],
  ['{"a":[1}', 7],
  ['{} {}', 3],
  ["{'a':1}", 1],
  ['NaN', 0],
  ['{"a":', 5],
  ['[{"a":1}', 8],
  ['', 0],
])('%j is not JSON from character %i on', (text, offset) => {
  expect(findJsonFault(text)).toBe(offset);
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('it agrees with JSON.parse, also after a change of one character', () => {
  const changed = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom(...'{}[]",:0e.\\ \n\u0000\u007fx', ''),
  );
  fc.assert(
    fc.property(changed, ([json, at, character]) => {
      expect(findJsonFault(json)).toBeUndefined();
      const place = at % json.length;
      const text = json.slice(0, place) + character + json.slice(place + 1);
      expect(findJsonFault(text) === undefined).toBe(isJson(text));
    }),
    { numRuns: runs(300) },
  );
});

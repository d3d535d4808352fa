import { expect, it } from 'vitest';
import { dateText, isoText, numberText } from '../../../src/files/workbook/cell-text.ts';

it.each([
  ['1', '1900-01-01'],
  ['59', '1900-02-28'],
  ['61', '1900-03-01'],
  ['45292', '2024-01-01'],
  ['45292.999999', '2024-01-02'],
  ['45292.0006', '2024-01-01 00:00:52'],
  ['0', '00:00'],
  ['2958465', '9999-12-31'],
  ['2958466', '2958466'],
])('the date %s is %s', (stored, text) => {
  expect(dateText(stored, false)).toBe(text);
});

it.each([
  ['2024-01-01', '2024-01-01'],
  ['2024-01-01T00:00:00.000', '2024-01-01'],
  ['2024-01-01T09:30:00', '2024-01-01 09:30'],
  ['2024-01-01T09:30:05.000Z', '2024-01-01 09:30:05'],
  ['soon', 'soon'],
])('%s is shown as %s', (iso, text) => {
  expect(isoText(iso)).toBe(text);
});

it.each([
  ['15', '15'],
  ['-0.50', '-0.5'],
  [' 7 ', '7'],
  ['1e400', '1e400'],
  ['Infinity', 'Infinity'],
  ['', ''],
  ['1 000', '1 000'],
])('the number “%s” is “%s”', (stored, text) => {
  expect(numberText(stored)).toBe(text);
});

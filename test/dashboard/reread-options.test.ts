import { describe, expect, test } from 'vitest';
import {
  asShown,
  otherColumn,
  otherText,
} from '../../src/dashboard/features/review/reread-options.ts';
import type { Format } from '../../src/server/schemas/format-schema.ts';

const FORMAT: Format = {
  encoding: 'windows-1251',
  encodingBy: 'given',
  delimiter: ';',
  delimiterBy: 'content',
  header: ['who', 'where', 'what'],
  columnCount: 3,
  columns: {
    group: { number: 2, name: 'where' },
    user: { number: 1, name: 'who' },
    message: null,
  },
  messageOff: false,
  json: null,
  headerLine: null,
  isResults: false,
  workbook: null,
};

const WORKBOOK: Format = {
  ...FORMAT,
  ...{ encoding: 'utf-8', encodingBy: 'content', delimiter: ',' },
  workbook: { type: 'xlsx', sheet: 'B', sheetBy: 'given', sheets: [] },
};

describe('a workbook is read again', () => {
  test('with another sheet, whose columns are detected', () => {
    expect(otherText(WORKBOOK, { sheet: 'A' })).toEqual({ sheet: 'A' });
  });

  test('with another column of the same sheet', () => {
    const how = otherColumn(WORKBOOK, 'message', '3');
    expect(how).toEqual({ sheet: 'B', groupColumn: '2', userColumn: '1', messageColumn: '3' });
  });
});

describe('a file is read again', () => {
  test('with another delimiter and the given encoding', () => {
    const how = otherText(FORMAT, { delimiter: ',' });
    expect(how).toEqual({ encoding: 'windows-1251', delimiter: ',' });
  });

  test('with another encoding instead of the given one', () => {
    expect(otherText(FORMAT, { encoding: 'utf-8' })).toEqual({ encoding: 'utf-8' });
  });

  test('with another column', () => {
    expect(otherColumn(FORMAT, 'message', '3')).toMatchObject({
      ...{ groupColumn: '2', userColumn: '1', messageColumn: '3' },
    });
  });

  test('with swapped columns', () => {
    expect(otherColumn(FORMAT, 'group', '1')).toMatchObject({ groupColumn: '1', userColumn: '2' });
  });

  test('with the message from a column that was the user', () => {
    expect(otherColumn(FORMAT, 'message', '1')).toMatchObject({
      ...{ messageColumn: '1', userColumn: null },
    });
  });

  test('without own messages, also after other changes', () => {
    expect(otherColumn(FORMAT, 'message', '')).toMatchObject({ messageColumn: false });
    const off = { ...FORMAT, messageOff: true };
    expect(otherText(off, { delimiter: ',' })).toMatchObject({ messageColumn: false });
    expect(otherColumn(off, 'group', '3')).toMatchObject({ messageColumn: false });
    expect(asShown({ ...off, isResults: true })).toMatchObject({ messageColumn: false });
    expect(otherColumn(off, 'message', '3')).toMatchObject({ messageColumn: '3' });
  });

  test('as results of an earlier import, which need no columns', () => {
    expect(asShown({ ...FORMAT, isResults: true })).toEqual({
      ...{ encoding: 'windows-1251', delimiter: ';' },
    });
  });
});

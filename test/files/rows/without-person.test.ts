import { expect, test } from 'vitest';
import type { UserId } from '../../../src/domain/pairs/ids.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { editsFor } from '../../../src/files/rows/without-person.ts';
import { chunked } from '../source.ts';

const ANNA = { userId: 10 as UserId, emails: ['anna@x.test'] };

test.each([
  ['21,"anna@x.test, bob@x.test",Hi', '21,bob@x.test,Hi'],
  ['21,"10, 11",Hi', '21,11,Hi'],
  ['21,10;11;12,Hi', '21,11;12,Hi'],
  ['21,"Berg, Anna <anna@x.test>",Hi', ''],
  ['21,mailto:anna@x.test,Hi', ''],
  ['21,11,instead of anna@x.test.', '21,11,'],
])('of %j remains %j', async (row, left) => {
  const content = Buffer.from(`group_id,user_id,message\n${row}\n`);
  const open = () => chunked(content, [100]);
  const format = await detectFormat(open, 'a.csv');
  const edits = await editsFor(open(), { fileName: 'a.csv', format }, ANNA, new Set());
  expect(edits.map(({ text }) => text)).toEqual([left]);
});

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const USERS_PER_GROUP = 500;
const ROWS_PER_BLOCK = 10_000;

/**
 * Writes a CSV of `rows` different pairs as a stream.
 *
 * @param people number of different users, at least 500. @default 500
 */
export async function writeRows(
  path: string,
  rows: number,
  people = USERS_PER_GROUP,
): Promise<void> {
  await pipeline(Readable.from(blocks(rows, people)), createWriteStream(path));
}

function* blocks(rows: number, people: number): Generator<string> {
  yield 'group_id,user_id\n';
  for (let from = 0; from < rows; from += ROWS_PER_BLOCK) {
    const count = Math.min(ROWS_PER_BLOCK, rows - from);
    yield Array.from({ length: count }, (_, index) => lineOf(from + index, people)).join('');
  }
}

const lineOf = (row: number, people: number): string =>
  `${Math.floor(row / USERS_PER_GROUP) + 1},${(row % people) + 2}\n`;

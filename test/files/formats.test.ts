import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS_FOLDER, formatFixtures } from '../../scripts/make-fixtures.ts';
import { detectEncoding } from '../../src/files/text/detect-encoding.ts';
import { gunzipped } from '../../src/files/text/gunzip.ts';
import { readText } from '../../src/files/text/text.ts';
import { all } from './source.ts';

const unpacked = (fileName: string) =>
  gunzipped(createReadStream(new URL(fileName, FORMATS_FOLDER)), { fileName, maxBytes: 1e6 });

async function linesOf(fileName: string): Promise<string[]> {
  const { encoding } = await detectEncoding(unpacked(fileName));
  return (await all(readText(unpacked(fileName), { fileName, encoding }))).join('').split('\r\n');
}

describe('fixtures/formats', () => {
  it('contains the files that the script generates', () => {
    const made = formatFixtures();
    expect(readdirSync(FORMATS_FOLDER).toSorted()).toEqual([...made.keys()].toSorted());
    for (const [name, content] of made) {
      expect(readFileSync(new URL(name, FORMATS_FOLDER)).equals(content), name).toBe(true);
    }
  });

  it.each([
    ['utf-8.csv', 'utf-8', 'content', '23,154,"Schön, dass Sie da sind 👋"'],
    ['utf-8-bom.csv', 'utf-8', 'bom', '23,154,"Schön, dass Sie da sind 👋"'],
    ['utf-16le.csv', 'utf-16le', 'bom', '18,153,Добро пожаловать!'],
    ['utf-16be.csv', 'utf-16be', 'bom', '18,153,Добро пожаловать!'],
    ['utf-16le-no-bom.csv', 'utf-16le', 'guess', '18,153,Добро пожаловать!'],
    ['utf-16be-no-bom.csv', 'utf-16be', 'guess', '18,153,Добро пожаловать!'],
    ['excel-unicode-text.csv', 'utf-16le', 'bom', 'group_id\tuser_id\tmessage'],
    ['windows-1251.csv', 'windows-1251', 'guess', '18;153;Ждём вас в понедельник — кабинет № 5'],
    ['windows-1252.csv', 'windows-1252', 'guess', '23;154;Welcome pack: €50'],
    ['gzip.csv.gz', 'utf-8', 'content', '18,153,Добро пожаловать!'],
    ['array.json', 'utf-8', 'content', '[{"group_id": 15, "user_id": 152},'],
    ['lines.ndjson', 'utf-8', 'content', '{"group_id": 15, "user_id": 152}'],
    ['russian-headers.csv', 'utf-8', 'content', 'группа;сотрудник;сообщение'],
  ])('%s is read as %s', async (name, encoding, by, line) => {
    expect(await detectEncoding(unpacked(name))).toEqual({ encoding, by });
    expect(await linesOf(name)).toContain(line);
  });

  it.each([
    ['nul-byte.csv', 'nul-byte.csv, line 3: the line has a zero byte'],
    ['utf-8-damaged.csv', 'utf-8-damaged.csv, line 5: the text is not valid UTF-8.'],
    ['gzip-truncated.csv.gz', 'gzip-truncated.csv.gz: the gzip archive is incomplete.'],
    [
      'renamed-workbook.csv',
      'renamed-workbook.csv is not a CSV file but an Excel workbook (.xlsx).',
    ],
    ['web-page.csv', 'web-page.csv is not a CSV file but a web page (HTML)'],
  ])('%s is refused', async (name, message) => {
    await expect(linesOf(name)).rejects.toMatchObject({
      name: 'Problem',
      message: expect.stringContaining(message),
    });
  });
});

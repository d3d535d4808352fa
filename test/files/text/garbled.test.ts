import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { isGarbled } from '../../../src/files/text/garbled.ts';

const TEXTS = [
  'group_id,user_id,Сообщение\n21,302,"Добро пожаловать, коллега!"\n',
  '15,müller@example.com,Schöne Grüße\n',
];
/** Decodes UTF-8 with a wrong encoding. */
const misread = (text: string, page: string) => new TextDecoder(page).decode(Buffer.from(text));

describe('a garbled text', () => {
  test.each([
    ['ibm866', TEXTS[0]],
    ['windows-1251', TEXTS[0]],
    ['windows-1252', TEXTS[1]],
  ])('read as %s is recognized by its words', (page, text = '') => {
    expect(isGarbled(misread(text, page))).toBe(true);
    expect(isGarbled(text)).toBe(false);
  });

  const pages = ['ibm866', 'windows-1251', 'windows-1252'];
  test.each(pages)('read as %s is recognized by its byte order mark', (page) => {
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder(page).decode(Buffer.concat([mark, Buffer.from('line,group_id')]));
    expect(isGarbled(text)).toBe(true);
  });

  test.each([
    ['line,group_id,user_id'],
    ['№ 5;«Отдел продаж» – тамтам;так и рад'],
    ['так;рад;там;раб'],
    ['José;Ünal;ÀÉÎ;naïve café'],
    ['Привет;Р°'],
    ['日本語,中文'],
  ])('is not %s', (text) => {
    expect(isGarbled(text)).toBe(false);
  });

  test('is not a text in which one word is right', () => {
    const word = fc.stringMatching(/^[а-яё]{4,12}$/);
    fc.assert(
      fc.property(word, fc.array(word), (right, others) => {
        const garbled = others.map((other) => misread(other, 'windows-1251'));
        expect(isGarbled([right, ...garbled].join(';'))).toBe(false);
      }),
    );
  });
});

test('refuses a garbled file when its format is detected', async () => {
  const bytes = Buffer.from(`\ufeff${misread(TEXTS[0] ?? '', 'ibm866')}`, 'utf16le');
  async function* open() {
    yield bytes;
  }
  await expect(detectFormat(open, 'x.csv')).rejects.toMatchObject({
    coded: { code: 'text_garbled', params: { file: 'x.csv' } },
    message: expect.stringContaining('x.csv: the letters are garbled'),
  });
});

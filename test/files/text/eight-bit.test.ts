import { describe, expect, it } from 'vitest';
import { charactersOf, encodeText } from '../../../scripts/encode-text.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { detectEncoding } from '../../../src/files/text/detect-encoding.ts';
import type { EightBit } from '../../../src/files/text/eight-bit.ts';
import { chunked, formatOf } from '../source.ts';
import { inEncoding } from './encoding-samples.ts';

/** Names of groups and people, headers, and texts of invitations, in many lengths. */
const RUSSIAN = [
  'Добро пожаловать в рабочую группу',
  'Ждём Вас в понедельник, Анна',
  'Уважаемые коллеги! Примите приглашение до пятницы.',
  ...['Группа;Сотрудник;Сообщение', 'Отдел продаж', 'Бухгалтерия', 'Иванов Иван Петрович'],
  ...['Кадры', 'Юристы', 'Логистика и склад', 'Маркетинг', 'СОВЕТ ДИРЕКТОРОВ', 'Петрова Анна'],
];
const POLISH = [
  'Zapraszamy do zespołu, cieszymy się, że jesteś',
  'Proszę zaakceptować zaproszenie do piątku',
  ...['Łukasz Wiśniewski', 'Księgowość', 'Sprzedaż', 'Dział obsługi klienta', 'Małgorzata Bąk'],
];
const CZECH = ['Příští týden začínáme', 'Oddělení prodeje a účetnictví', 'Jiří Dvořák'];
const GERMAN = [
  'Schöne Grüße aus München',
  'Bitte prüfen Sie die Änderungen bis Dienstag',
  ...['Käthe Schröder', 'Björn Weiß', 'Öffentlichkeitsarbeit', 'Führungskräfte', 'GRÖSSE'],
];
const FRENCH = ['Bienvenue dans le groupe, à très bientôt', 'Équipe des ventes', 'Hélène Lefèvre'];

const detect = (bytes: Uint8Array) => detectEncoding(chunked(bytes, [bytes.length]));

const encoded = (text: string, encoding: string): Uint8Array =>
  inEncoding(text, encoding)?.bytes ?? expect.unreachable();

describe('the encoding of a file with one text', () => {
  it.each<[EightBit, readonly string[]]>([
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['ibm866', RUSSIAN],
    ['x-mac-cyrillic', RUSSIAN],
    ['windows-1250', [...POLISH, ...CZECH]],
    ['windows-1252', [...GERMAN, ...FRENCH]],
  ])('is %s, or cannot be detected', async (encoding, texts) => {
    const decoder = (name: string) => new TextDecoder(name);
    const unclear: string[] = [];
    for (const text of texts) {
      const bytes = encodeText(text, encoding);
      const found = await detect(bytes);
      if (found.suspected !== undefined) unclear.push(text);
      else expect(decoder(found.encoding).decode(bytes, { stream: true })).toBe(text);
    }
    expect(unclear.length, unclear.join(' | ')).toBeLessThanOrEqual(texts.length / 2);
    const whole = await detect(encodeText(texts.join('\r\n'), encoding));
    expect(whole).toEqual({ encoding, by: 'guess' });
  });

  it.each([
    ['iso-8859-5', RUSSIAN],
    ['iso-8859-2', [...POLISH, ...CZECH]],
    ['macintosh', [...GERMAN, ...FRENCH]],
  ])('is suspected where it is %s, which is not supported', async (encoding, texts) => {
    const bytes = encoded(
      `group,user,message\n${texts.map((t) => `1,2,"${t}"`).join('\n')}\n`,
      encoding,
    );
    expect(await detect(bytes)).toMatchObject({
      suspected: expect.stringContaining(encoding),
    });
    await expect(formatOf(bytes)).rejects.toMatchObject({
      coded: { code: 'encoding_unclear', params: { suspected: expect.stringContaining(encoding) } },
    });
  });

  it.each([
    ['an ignored column', 'group,user,note\n1,2,Údržba\n', {}],
    ['the header of one, with texts', 'group,user,message,Údržba\n1,2,Welcome,x\n', {}],
    ['the header of one, without texts', 'group,user,Údržba\n1,2,x\n', { message: false }],
  ] as const)('is not needed where only %s depends on it', async (_, text, columns) => {
    const file = encoded(text, 'ibm852');
    expect(await detect(file)).toHaveProperty('suspected');
    const open = () => chunked(file, [file.length]);
    expect(await detectFormat(open, 'x.csv', { columns })).toMatchObject({ encodingBy: 'guess' });
  });

  it.each([
    ['a text', 'group,user,message\n1,2,'],
    ['a group', 'user,note,group\n2,,'],
    ['a user', 'group,note,user\n1,,'],
    ['which column has the texts', 'group,user,'],
  ])('is needed where %s depends on it', async (_, ascii) => {
    const file = Buffer.concat([Buffer.from(ascii), encoded('Údržba', 'ibm852')]);
    await expect(formatOf(file)).rejects.toMatchObject({ coded: { code: 'encoding_unclear' } });
  });

  it('is not doubted when it is set', async () => {
    const file = Buffer.from('group,user,message\n1,2,\xc0 Paris\n', 'latin1');
    const open = () => chunked(file, [file.length]);
    await expect(detectFormat(open, 'x.csv')).rejects.toMatchObject({
      message: expect.stringMatching(/may be .+ or .+/),
    });
    expect(await detectFormat(open, 'x.csv', { encoding: 'windows-1252' })).toMatchObject({
      encodingBy: 'given',
    });
  });

  it('is not UTF-8 where two letters of a Macintosh make one in a Latin word', async () => {
    expect(await detect(encoded('1,2,l’équipe', 'macintosh'))).toHaveProperty('suspected');
    expect(await detect(Buffer.from('1,2,Երևան'))).toEqual({ encoding: 'utf-8', by: 'content' });
  });

  it('is not guessed by a letter that is usual in two of them', async () => {
    expect(await detect(encodeText('1,2,À Paris', 'windows-1252'))).toHaveProperty('suspected');
  });

  it('is not guessed where the letters make no words', async () => {
    const letters = charactersOf('koi8-r').slice(128, 192).join('');
    expect(await detect(encodeText(letters, 'koi8-r'))).toHaveProperty('suspected');
  });
});

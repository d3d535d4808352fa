import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../scripts/encode-text.ts';
import { detectEncoding } from '../../../src/files/text/detect-encoding.ts';
import { ENCODINGS, type Encoding, parseEncoding } from '../../../src/files/text/encoding.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { chunked } from '../source.ts';

const detect = (bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) =>
  detectEncoding(chunked(bytes, sizes));

const guess = async (text: string, encoding: Encoding) =>
  (await detect(encodeText(text, encoding))).encoding;

const IDS = '15;3\r\n15;4\r\n'.repeat(100);
const ADDRESSES = 'Marketing;anna.smirnova@northwind.example\r\n'.repeat(100);

/** Each is a whole file, mostly with few non-ASCII characters. */
const RUSSIAN = [
  `группа;сотрудник\r\n${IDS}`,
  `Группа;Сотрудник\r\n${ADDRESSES}`,
  `ГРУППА;СОТРУДНИК\r\n${IDS}`,
  `id группы;id сотрудника\r\n${IDS}`,
  `Группа;E-mail\r\n${ADDRESSES}`,
  `гр.;чел.\r\n${IDS}`,
  `№;group;user\r\n${IDS}`,
  `group;user\r\n${ADDRESSES}Маркетинг;anna@northwind.example\r\n`,
  `group;user\r\n${IDS}ИТ;5\r\nHR-отдел;6\r\nIT-служба;7\r\n`,
  'group;user\r\nСЭД;3\r\nАХО;4\r\nПТО;5\r\nЦФО;6\r\n',
  'group;user\r\nПроект «Север»;3\r\nНайм и адаптация;4\r\nБухгалтерия и отчётность;5\r\n',
  'group;user\r\n«СОВЕТ ДИРЕКТОРОВ»;3\r\n«АХО»;4\r\n',
  'group;user\r\nЁлка;3\r\nЮг;4\r\nсъёмка;5\r\n',
  'group;user\r\n1С;3\r\n',
  'group;user\r\nWebsite Relaunch 2026 — этап 2;3\r\n',
  'group;user;name\r\n15;3;Щукин Ю.Ю.\r\n15;4;Цой В.\r\n',
  'group;user;message\r\n15;3;Dear colleague, your mentor is Анна.\r\n',
  `group;user;message\r\n${IDS}15;4;Ура\r\n`,
  `група;користувач\r\n${IDS}Відділ продажів;3\r\nЇдальня;5\r\n`,
  'почта\r\nиван@почта.рф\r\n',
];

const WESTERN = [
  `Gruppe;Mitarbeiter;Größe\r\n${IDS}`,
  `gruppe;empfänger\r\n${ADDRESSES}`,
  'GRÖSSE;MÜLLER\r\nÄRZTE;ÖZDEMIR\r\n',
  'gruppe;name\r\n15;Jürgen Groß\r\n16;Käthe Schröder\r\n17;Björn Weiß\r\n',
  'group;user\r\nÜbersetzung;3\r\nÖffentlichkeitsarbeit;4\r\nStraße 5;5\r\nsüß;6\r\n',
  `groupe;employé\r\n${IDS}`,
  `GROUPE;EMPLOYÉ\r\n${ADDRESSES}`,
  'groupe;prénom;nom\r\n15;Hélène;Lefèvre\r\n16;François;Béranger\r\n',
  'group;user\r\nÉTÉ 2026;3\r\n',
  'group;user\r\nDéjà créé;3\r\nŒUVRES SOCIALES;4\r\n«CAFÉ»;5\r\n',
  'group;user;message\r\n15;3;Réunion à 9 h, près de l’entrée. Ça va être génial…\r\n',
  'gruppo;ruolo\r\n15;è la città\r\n',
  'group;user;message\r\n15;3;Don’t worry\r\n',
  'group;user;message\r\n15;3;“Welcome” to the team – enjoy…\r\n',
  'group;user;message\r\n15;3;Budget: €500, or £430 (20 °C, 3×4 m)¹\r\n',
  `group;user;message\r\n${IDS}15;3;naïve résumé\r\n`,
  'grupp;användare\r\n15;Åsa Öberg\r\n16;Bjørn Ødegård\r\n',
  '¿Grupo?;función\r\n15;José Muñoz\r\n16;María Peña\r\n',
  `${ADDRESSES}15;4\xa0\r\n`,
];

describe('detectEncoding', () => {
  it.each(RUSSIAN)('finds windows-1251 in %j', async (text) => {
    expect(await guess(text, 'windows-1251')).toBe('windows-1251');
  });

  it.each(WESTERN)('finds windows-1252 in %j', async (text) => {
    expect(await guess(text, 'windows-1252')).toBe('windows-1252');
  });

  it.each([...RUSSIAN, ...WESTERN, IDS])('finds Unicode in %j', async (text) => {
    expect(await detect(encodeText(text, 'utf-8'))).toEqual({ encoding: 'utf-8', by: 'content' });
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      expect(await detect(encodeText(text, encoding))).toEqual({ encoding, by: 'guess' });
    }
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'] as const) {
      const bytes = encodeText(`\ufeff${text}`, encoding);
      expect(await detect(bytes)).toEqual({ encoding, by: 'bom' });
    }
  });

  it('finds the same for all chunk sizes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const text = fc.constantFrom(...RUSSIAN, ...WESTERN.map((western) => `\ufeff${western}`));
    const unicode = fc.constantFrom('utf-8', 'utf-16le', 'utf-16be');
    await fc.assert(
      fc.asyncProperty(text, unicode, sizes, async (file, encoding, chunkSizes) => {
        const bytes = encodeText(file, encoding);
        expect(await detect(bytes, chunkSizes)).toEqual(await detect(bytes));
      }),
    );
    expect(await detect(encodeText('группа;сотрудник', 'windows-1251'), [1])).toEqual({
      encoding: 'windows-1251',
      by: 'guess',
    });
  });

  it('detects any UTF-8', async () => {
    const text = fc.string({ unit: anyCharacter }).map((tail) => `группа\r\n${tail}`);
    await fc.assert(
      fc.asyncProperty(text, async (file) => {
        expect(await detect(Buffer.from(file))).toEqual({ encoding: 'utf-8', by: 'content' });
      }),
    );
  });

  it('reads up to the last row', async () => {
    const manyIds = Buffer.from('15,3\n'.repeat(200_000));
    const lastRow = (encoding: Encoding) => encodeText('Отдел продаж,3\n', encoding);
    expect(await detect(Buffer.concat([manyIds, lastRow('windows-1251')]), [65_536])).toEqual({
      encoding: 'windows-1251',
      by: 'guess',
    });
    expect(await detect(Buffer.concat([manyIds, lastRow('utf-8')]), [65_536])).toEqual({
      encoding: 'utf-8',
      by: 'content',
    });
  });

  it.each([
    ['at the start', '\xff', 'Привет\n'.repeat(20_000), ''],
    ['in the middle', 'Привет\n', '\xff', 'Привет\n'],
    ['far in', 'Привет\n'.repeat(20_000), '\xcf\xf0\xe8', '\n'],
    ['at the end', 'Привет\n', 'Приве', '\xd1'],
  ])('detects UTF-8 that is damaged %s', async (_, ...parts) => {
    const bytes = parts.map((part) =>
      Buffer.from(part, /^[\x80-\xff]+$/.test(part) ? 'latin1' : 'utf8'),
    );
    expect(await detect(Buffer.concat(bytes))).toEqual({ encoding: 'utf-8', by: 'guess' });
  });

  it.each([
    ['nothing', ''],
    ['a zero at the end', '1,2\0'],
    ['a zero between', 'group,user\r\n15,3\0\r\n'],
    ['a tail of zeros', `group,user\r\n15,3\r\n${'\0'.repeat(4096)}`],
    ['zeros only', '\0'.repeat(4096)],
  ])('does not detect %s as UTF-16', async (_, text) => {
    expect(await detect(Buffer.from(text))).toEqual({ encoding: 'utf-8', by: 'content' });
  });

  it('reads no more than necessary', async () => {
    let read = 0;
    async function* endless(bytes: Buffer) {
      for (; read < 100; read++) yield bytes;
    }
    const block = Buffer.alloc(65_536, encodeText('Отдел;сотрудник\r\n', 'windows-1251'));
    expect(await detectEncoding(endless(block))).toHaveProperty('encoding', 'windows-1251');
    expect(read).toBeLessThan(4);
    read = 0;
    const marked = Buffer.alloc(65_536, '\ufeff');
    expect(await detectEncoding(endless(marked))).toHaveProperty('by', 'bom');
    expect(read).toBeLessThan(2);
  });
});

describe('parseEncoding', () => {
  it.each<[Encoding, string[]]>([
    ['utf-8', ['utf-8', 'UTF8', 'utf_8', 'UTF-8-BOM', 'utf-8-sig']],
    ['utf-16le', ['UTF-16', 'utf16', 'UTF-16LE', 'utf-16 le', 'ucs-2', 'UCS2']],
    ['utf-16be', ['UTF-16BE', 'utf16be']],
    ['windows-1251', ['Windows-1251', 'windows1251', 'win-1251', 'cp1251', 'CP-1251', '1251']],
    ['windows-1252', ['windows-1252', 'cp1252', 'Latin1', 'latin-1', 'ISO-8859-1', 'iso8859-1']],
  ])('accepts %s in its spellings', (encoding, spellings) => {
    for (const spelling of spellings) expect(parseEncoding(spelling)).toBe(encoding);
  });

  it('accepts each by its name, and nothing else', () => {
    for (const encoding of ENCODINGS) expect(parseEncoding(encoding)).toBe(encoding);
    for (const other of ['', 'ansi', 'unicode', 'utf-32', 'utf', 'iso-8859-5', 'auto']) {
      expect(parseEncoding(other)).toBeUndefined();
    }
  });
});

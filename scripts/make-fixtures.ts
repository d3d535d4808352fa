/**
 * Creates fixtures/formats/: a small file for each encoding, delimiter and special case, with users and
 * groups of the sandbox's default portal.
 *
 * node scripts/make-fixtures.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { encodeText } from './encode-text.ts';
import { contents, delimiters, lineEnds, lines, RUSSIAN, withDelimiter } from './fixture-tables.ts';
import { zip } from './zip.ts';

/** Folder of the files. */
export const FORMATS_FOLDER = new URL('../fixtures/formats/', import.meta.url);

const BOM = '\ufeff';

const IN_MANY_SCRIPTS = [
  'group_id,user_id,message',
  '15,152,Welcome aboard',
  '18,153,Добро пожаловать!',
  '23,154,"Schön, dass Sie da sind 👋"',
];
const WESTERN = [
  'group_id;user_id;message',
  '15;152;Schöne Grüße aus München',
  '18;153;“Bienvenue” à l’équipe – c’est déjà l’été…',
  '23;154;Welcome pack: €50',
];

/** @returns the files by name; the content is deterministic */
export function formatFixtures(): Map<string, Buffer> {
  return new Map(
    Object.entries({
      ...encodings(),
      ...delimiters(),
      ...lineEnds(),
      ...contents(),
      ...json(),
      ...damaged(),
      ...foreign(),
    }).map(([name, content]) => [name, Buffer.from(content)]),
  );
}

const encodings = () => ({
  'utf-8.csv': lines(IN_MANY_SCRIPTS),
  'utf-8-bom.csv': BOM + lines(IN_MANY_SCRIPTS),
  'utf-16le.csv': encodeText(BOM + lines(IN_MANY_SCRIPTS), 'utf-16le'),
  'utf-16be.csv': encodeText(BOM + lines(IN_MANY_SCRIPTS), 'utf-16be'),
  'utf-16le-no-bom.csv': encodeText(lines(IN_MANY_SCRIPTS), 'utf-16le'),
  'utf-16be-no-bom.csv': encodeText(lines(IN_MANY_SCRIPTS), 'utf-16be'),
  'excel-unicode-text.csv': encodeText(BOM + lines(withDelimiter('\t')), 'utf-16le'),
  'windows-1251.csv': encodeText(lines(RUSSIAN), 'windows-1251'),
  'windows-1252.csv': encodeText(lines(WESTERN), 'windows-1252'),
  'gzip.csv.gz': gzip(lines(IN_MANY_SCRIPTS)),
});

const PAIRS_AS_JSON = [
  '{"group_id": 15, "user_id": 152}',
  '{"group_id": [18, "23"], "user_id": 153, "message": "Добро пожаловать!", "team": "A"}',
  '{"group_id": 15, "user_id": null}',
];
const json = () => ({
  'array.json': `[${PAIRS_AS_JSON.join(',\r\n')}]\r\n`,
  'lines.ndjson': lines(PAIRS_AS_JSON),
});

const damaged = () => ({
  'stray-quote.csv': lines([
    'group_id,user_id,message',
    '15,152,the 5" pipe',
    '15,153,"never closed',
    '15,154,Hi',
  ]),
  'nul-byte.csv': lines(['group_id,user_id', '15,152', '15,1\x0053', '15,154']),
  'utf-8-damaged.csv': Buffer.concat([
    Buffer.from(lines(IN_MANY_SCRIPTS)),
    Buffer.from('31,155,'),
    encodeText('Привет', 'windows-1251'),
    Buffer.from('\r\n'),
  ]),
  'gzip-truncated.csv.gz': gzip(lines(IN_MANY_SCRIPTS)).subarray(0, -20),
});

const foreign = () => ({
  'renamed-workbook.csv': zip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook/>',
  }),
  'web-page.csv': lines(['<html><body><table>', '<tr><td>15</td><td>152</td></tr>', '</table>']),
});

/** Stores the text uncompressed and without the operating system, so that every machine writes the same bytes. */
const gzip = (text: string): Buffer => {
  const [levelByte, systemByte, unknownSystem] = [8, 9, 255];
  return Buffer.from(
    gzipSync(text, { level: 0 }).with(levelByte, 0).with(systemByte, unknownSystem),
  );
};

if (import.meta.main) {
  mkdirSync(FORMATS_FOLDER, { recursive: true });
  for (const [name, content] of formatFixtures()) {
    writeFileSync(new URL(name, FORMATS_FOLDER), content);
  }
}

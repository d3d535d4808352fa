/**
 * Makes fixtures/formats/: a small file for each encoding, delimiter and trap, with people and
 * groups of the sandbox's default portal.
 *
 * node scripts/make-fixtures.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { defaultSeed } from '../src/sandbox/seed.ts';
import { encodeText } from './encode-text.ts';
import { zip } from './zip.ts';

/** Where the files belong. */
export const FORMATS_FOLDER = new URL('../fixtures/formats/', import.meta.url);

const BOM = '\ufeff';

const PLAIN = ['group_id,user_id', '15,152', '15,153', '18,154'];
const IN_MANY_SCRIPTS = [
  'group_id,user_id,message',
  '15,152,Welcome aboard',
  '18,153,Добро пожаловать!',
  '23,154,"Schön, dass Sie da sind 👋"',
];
const RUSSIAN = [
  'группа;сотрудник;сообщение',
  '15;152;Добро пожаловать в проект «Север»!',
  '18;153;Ждём вас в понедельник — кабинет № 5',
  '23;154;',
];
const WESTERN = [
  'group_id;user_id;message',
  '15;152;Schöne Grüße aus München',
  '18;153;“Bienvenue” à l’équipe – c’est déjà l’été…',
  '23;154;Welcome pack: €50',
];

/** @returns the files by their names, always the same. */
export function formatFixtures(): Map<string, Buffer> {
  return new Map(
    Object.entries({
      ...encodings(),
      ...delimiters(),
      ...lineEnds(),
      ...contents(),
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

const delimiters = () => ({
  'comma.csv': lines(withDelimiter(',')),
  'semicolon.csv': lines(withDelimiter(';')),
  'tab.csv': lines(withDelimiter('\t')),
  'pipe.csv': lines(withDelimiter('|')),
  'sep-line.csv': lines(['sep=;', ...withDelimiter(';')]),
});

/** With each of the delimiters in a message. */
const withDelimiter = (delimiter: string): string[] =>
  [
    ['group_id', 'user_id', 'message'],
    ['15', '152', '"Hello, colleague; welcome | bienvenue\t!"'],
    ['18', '153', ''],
    ['23', '154', 'Hi'],
  ].map((cells) => cells.join(delimiter));

const lineEnds = () => ({
  'lf.csv': PLAIN.join('\n').concat('\n'),
  'crlf.csv': PLAIN.join('\r\n').concat('\r\n'),
  'cr.csv': PLAIN.join('\r').concat('\r'),
  'no-final-newline.csv': PLAIN.join('\r\n'),
  'blank-lines.csv': ['', PLAIN[0], '', '15,152', '  ', ',', '15,153', '', ''].join('\r\n'),
  'quoted-newline.csv': lines([
    'group_id,user_id,message',
    '15,152,"Hello,\nsee you on Monday"',
    '15,153,Hi',
  ]),
});

const contents = () => ({
  'no-header.csv': lines(PLAIN.slice(1)),
  'header-only.csv': lines(PLAIN.slice(0, 1)),
  'empty.csv': '',
  'russian-headers.csv': lines(RUSSIAN),
  'several-per-cell.csv': lines([
    'group_id,user_id',
    '15,"152, 153, 154"',
    '"2, 18",155',
    '"7;23","156;157"',
    '31,158',
  ]),
  'emails.csv': lines([
    'group_id,email',
    ...[152, 153, 154].map((id) => `15,${person(id).email}`),
    `15,${person(155).email.toUpperCase()}`,
    '15,nobody@northwind.example',
  ]),
  'group-names.csv': lines([
    'group,user_id',
    ...[2, 4, 12, 21, 36].map((id, i) => `"${groupName(id)}",${152 + i}`),
    `${groupName(2).toUpperCase()},158`,
    'No such group,159',
  ]),
  'numbers.csv': lines([
    'group_id,user_id',
    ...['15', ' 15 ', '"15"', '15.0', '1 5', '1e3', '०', '-3', '0', '99999999999'].map(
      (group, i) => `${group},${152 + i}`,
    ),
  ]),
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
  'json.csv': '[{"group_id": 15, "user_id": 152}]\n',
});

const lines = (all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');

/** Stored, not compressed, and without a word on the system, so that every machine writes the same. */
const gzip = (text: string): Buffer => {
  const [levelByte, systemByte, unknownSystem] = [8, 9, 255];
  return Buffer.from(
    gzipSync(text, { level: 0 }).with(levelByte, 0).with(systemByte, unknownSystem),
  );
};

function person(id: number) {
  const found = defaultSeed().users.find((user) => user.id === id);
  if (found === undefined) throw new Error(`the seed has no user ${id}`);
  return found;
}

function groupName(id: number): string {
  const found = defaultSeed().groups.find((group) => group.id === id);
  if (found === undefined) throw new Error(`the seed has no group ${id}`);
  return found.name;
}

if (import.meta.main) {
  mkdirSync(FORMATS_FOLDER, { recursive: true });
  for (const [name, content] of formatFixtures()) {
    writeFileSync(new URL(name, FORMATS_FOLDER), content);
  }
}

import { defaultSeed } from '../src/sandbox/state/seed.ts';

const PLAIN = ['group_id,user_id', '15,152', '15,153', '18,154'];
export const RUSSIAN = [
  'группа;сотрудник;сообщение',
  '15;152;Добро пожаловать в проект «Север»!',
  '18;153;Ждём вас в понедельник — кабинет № 5',
  '23;154;',
];

export const delimiters = () => ({
  'comma.csv': lines(withDelimiter(',')),
  'semicolon.csv': lines(withDelimiter(';')),
  'tab.csv': lines(withDelimiter('\t')),
  'pipe.csv': lines(withDelimiter('|')),
  'sep-line.csv': lines(['sep=;', ...withDelimiter(';')]),
});

/** @returns lines with all delimiters inside a message */
export const withDelimiter = (delimiter: string): string[] =>
  [
    ['group_id', 'user_id', 'message'],
    ['15', '152', '"Hello, colleague; welcome | bienvenue\t!"'],
    ['18', '153', ''],
    ['23', '154', 'Hi'],
  ].map((cells) => cells.join(delimiter));

export const lineEnds = () => ({
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

export const contents = () => ({
  'no-header.csv': lines(PLAIN.slice(1)),
  'header-only.csv': lines(PLAIN.slice(0, 1)),
  'empty.csv': '',
  'russian-headers.csv': lines(RUSSIAN),
  'several-per-cell.csv': lines([
    'group_id,user_id',
    '15,152; 153 |154',
    '2|18,155',
    '7;23,156;157',
    '15,"152, 159"',
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

export const lines = (all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');

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

import type { z } from 'zod';
import type { FIELD_FAULTS } from '../../domain/field-faults.ts';
import type { ImportPath } from '../../server/schemas/ids.ts';
import type { PairQuery, PersonQuery } from '../../server/schemas/pair.ts';
import type { FieldIssue } from '../../server/schemas/problem.ts';
import type { Login } from '../../server/schemas/session.ts';
import type { Reread, Retry, UploadQuery } from '../../server/schemas/upload.ts';
import { countedRu } from '../language/counted.ts';
import { inBoth, type Language } from '../language/in-both.ts';
import { type Sayings, say } from '../language/say.ts';

/** What the page asks the server with. */
type Field =
  | keyof Login
  | keyof PairQuery
  | keyof PersonQuery
  | keyof Reread
  | keyof Retry
  | keyof z.infer<typeof ImportPath>
  | keyof z.infer<typeof UploadQuery>;

const fields = inBoth<Readonly<Record<Field, string>>>(
  {
    again: 'Import the same file again',
    cursor: 'Page of the list',
    delimiter: 'Between the cells',
    email: 'Email address',
    encoding: 'Letters (encoding)',
    filename: 'Name of the file',
    groupColumn: 'Column of the group',
    group_id: 'Group number',
    id: 'Import number',
    limit: 'Lines on a page',
    message: 'Invitation text',
    messageColumn: 'Column of the invitation text',
    outcome: 'Outcome',
    reason: 'Reason',
    start: 'Start',
    token: 'Access key',
    userColumn: 'Column of the person',
    user_id: 'Person number',
  },
  {
    again: 'Импортировать тот же файл ещё раз',
    cursor: 'Страница списка',
    delimiter: 'Между ячейками',
    email: 'Адрес почты',
    encoding: 'Буквы (кодировка)',
    filename: 'Имя файла',
    groupColumn: 'Колонка группы',
    group_id: 'Номер группы',
    id: 'Номер импорта',
    limit: 'Строк на странице',
    message: 'Текст приглашения',
    messageColumn: 'Колонка текста приглашения',
    outcome: 'Итог',
    reason: 'Причина',
    start: 'Запуск',
    token: 'Ключ доступа',
    userColumn: 'Колонка человека',
    user_id: 'Номер человека',
  },
);

const signs = (n: number): string => countedRu(n, 'знака', 'знаков', 'знаков');

/** The server says it in English; this is the same in Russian. */
const RUSSIAN: Sayings<typeof FIELD_FAULTS> = {
  no_number: () => 'нужно число',
  no_digits: () => 'нужно число цифрами, например 15',
  no_whole_number: () => 'нужно целое число',
  no_text: () => 'нужен текст',
  no_object: () => 'нужен объект JSON',
  number_small: ({ least }) => `не меньше ${least}`,
  number_large: ({ most }) => `не больше ${most}`,
  empty: () => 'нужно заполнить',
  text_short: ({ least }) => `не короче ${signs(least)}`,
  text_long: ({ most }) => `не длиннее ${signs(most)}`,
  not_among: ({ values }) => `одно из ${values}`,
  twice: () => 'указано дважды',
  unknown: ({ known }) => `такого поля нет; есть ${known}`,
  unknown_meant: ({ meant, known }) => `такого поля нет, может быть, ${meant}? Есть ${known}`,
  none_known: () => 'такого поля нет',
  otherwise: ({ said }) => said,
};

/** @returns which field is not right and why, in the reader's language as far as there are words */
export function fieldInWords(issue: z.infer<typeof FieldIssue>, language: Language): string {
  const names: Readonly<Record<string, string>> = fields[language];
  const field = issue.pointer.slice(1);
  const fault = language === 'en' ? issue.detail : (say(RUSSIAN, issue) ?? issue.detail);
  return field === '' ? fault : `${names[field] ?? field}: ${fault}`;
}

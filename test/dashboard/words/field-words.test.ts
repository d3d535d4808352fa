import { expect, test } from 'vitest';
import type { z } from 'zod';
import { fieldInWords } from '../../../src/dashboard/i18n/in-words.ts';
import { zodIssues } from '../../../src/server/http/field-issues.ts';
import { ImportPath } from '../../../src/server/schemas/id-schemas.ts';
import { PageQuery } from '../../../src/server/schemas/page-schema.ts';
import { PairQuery, PersonQuery } from '../../../src/server/schemas/pair-schema.ts';
import { Login } from '../../../src/server/schemas/session-schema.ts';
import { Reread, UploadQuery } from '../../../src/server/schemas/upload-schema.ts';

const ENCODINGS =
  '“utf-8”, “utf-16le”, “utf-16be”, “windows-1251”, “windows-1252”, “windows-1250”, “koi8-r”, “ibm866”, “x-mac-cyrillic”';

test.each<[z.ZodType, object, string, string]>([
  [
    PairQuery,
    { group_id: 'x' },
    'Group ID: must be a number in plain digits, like 15',
    'Номер группы: нужно число цифрами, например 15',
  ],
  [PairQuery, { group_id: '0' }, 'Group ID: must be 1 or more', 'Номер группы: не меньше 1'],
  [
    PersonQuery,
    { user_id: '2147483648' },
    'User ID: must be 2147483647 or less',
    'Номер сотрудника: не больше 2147483647',
  ],
  [
    PersonQuery,
    { email: ' a ' },
    'Email address: must have 3 characters or more',
    'Адрес эл. почты: не короче 3 знаков',
  ],
  [
    PageQuery,
    { limit: '1.5' },
    'Rows per page: must be a number in plain digits, like 15',
    'Строк на странице: нужно число цифрами, например 15',
  ],
  [ImportPath, { id: '0' }, 'Import ID: must be 1 or more', 'Номер импорта: не меньше 1'],
  [Login, { token: '' }, 'Access key: must not be empty', 'Ключ доступа: нужно заполнить'],
  [Login, {}, 'Access key: must be given as text', 'Ключ доступа: нужен текст'],
  [
    Login,
    { token: 'x'.repeat(1_001) },
    'Access key: must have 1000 characters or fewer',
    'Ключ доступа: не длиннее 1\u00a0000 знаков',
  ],
  [
    UploadQuery,
    { encoding: 'koi8' },
    `Encoding: must be one of ${ENCODINGS}`,
    `Кодировка: одно из ${ENCODINGS.replaceAll('“', '«').replaceAll('”', '»')}`,
  ],
  [
    Reread,
    { messageColumn: 5 },
    'Message column: must be given as text',
    'Столбец текста приглашения: нужен текст',
  ],
])('%#: an invalid field is described in both languages', (schema, given, en, ru) => {
  const { error } = schema.safeParse(given);
  const issues = error === undefined ? [] : zodIssues(error, schema);
  expect(issues.map((issue) => fieldInWords(issue, 'en'))).toContain(en);
  expect(issues.map((issue) => fieldInWords(issue, 'ru'))).toContain(ru);
});

test('an error of the whole request names no field', () => {
  const { error } = Login.safeParse('text');
  const [issue] = error === undefined ? [] : zodIssues(error, Login);
  expect(issue && fieldInWords(issue, 'ru')).toBe('нужен объект JSON');
});

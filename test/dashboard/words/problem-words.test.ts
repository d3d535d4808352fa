import { DatabaseError } from 'pg';
import { describe, expect, test } from 'vitest';
import { problemInWords } from '../../../src/dashboard/i18n/in-words.ts';
import { Problem } from '../../../src/domain/errors/problem.ts';
import { detectFormat } from '../../../src/files/csv/detect-format.ts';
import { explainLedgerError } from '../../../src/ledger/db/database.ts';
import { explainPostgresError } from '../../../src/ledger/postgres/postgres-errors.ts';

/** @returns the Russian text of a problem */
function inRussian(error: unknown): string {
  if (!(error instanceof Problem)) throw error;
  const { message: detail, remedy, coded } = error;
  const words = problemInWords({ detail, remedy, ...coded }, 'ru');
  return `${words.detail} ${words.remedy}`;
}

describe('an unavailable ledger is described in Russian', () => {
  const ofSqlite = (text: string) => Object.assign(new Error(text), { code: 'ERR_SQLITE_ERROR' });

  test.each([
    [
      'file is not a database',
      'База данных программы повреждена, или это другой файл. Восстановите',
    ],
    ['attempt to write a readonly database', 'База данных программы недоступна для записи.'],
    ['database is locked', 'База данных программы занята другой программой. Закройте'],
    ['database or disk is full', 'База данных программы: на диске нет места, или он неисправен.'],
  ])('in a file: %s', (text, words) => {
    expect(inRussian(explainLedgerError(ofSqlite(text)))).toContain(words);
  });

  test('on a network drive', () => {
    const error = Object.assign(ofSqlite('disk I/O error'), { errcode: 5386 });
    expect(inRussian(explainLedgerError(error))).toContain(
      'База данных программы находится на сетевом',
    );
  });

  const HERE = 'База данных postgres://db/invites';

  test.each([
    ['08006', `${HERE} недоступна (its words). Проверьте`],
    ['28P01', `${HERE} отклоняет вход (its words). Проверьте`],
    ['42501', `${HERE} не даёт нужных прав (its words). Сделайте`],
    ['3D000', 'На сервере нет базы данных postgres://db/invites. Создайте'],
    ['25006', `${HERE} доступна только для чтения: это резервный сервер`],
    ['53100', `${HERE}: на диске нет места. Освободите`],
    ['53300', `${HERE}: свободных подключений нет. Увеличьте`],
    ['58030', `${HERE}: сервер сообщает об ошибке (its words). Посмотрите`],
  ])('in Postgres: %s', (code, words) => {
    const error = Object.assign(new DatabaseError('its words', 9, 'error'), { code });
    const explained = explainPostgresError(error, 'postgres://db/invites', 'at work');
    expect(inRussian(explained)).toContain(words);
  });
});

describe('a broken first row is described in Russian', () => {
  const AT_FIRST = 'a.csv, строка 1: ошибка в первой строке:';

  async function* bytesOf(csv: string) {
    yield Buffer.from(csv);
  }

  test.each([
    ['group,"user\n1,2\n', `${AT_FIRST} кавычка открыта и не закрыта: «group,"user». Назовите`],
    [
      'group,us"er\n1,2\n',
      `${AT_FIRST} кавычка внутри ячейки, которая начинается не с неё: «us"er». Назовите`,
    ],
    ['group,"user"s\n', `${AT_FIRST} после закрывающей кавычки идёт текст: «"user"s». Назовите`],
    [
      'group,"user\n1"2\n',
      `${AT_FIRST} кавычка открыта здесь, а закрыта в строке 2 посреди текста: «group,"user». Назовите`,
    ],
    [
      `group,"user${'x'.repeat(2_000_000)}\n`,
      `${AT_FIRST} строка длиннее 1 МиБ; наверное, кавычка открыта и не закрыта. Назовите`,
    ],
  ])('%#', async (csv, words) => {
    const error: unknown = await detectFormat(() => bytesOf(csv), 'a.csv').catch((it) => it);
    expect(inRussian(error)).toContain(words);
  });
});

test('a remedy that only older versions have is said in Russian', () => {
  const params = {
    portal: 'p.example',
    does: 'unreachable',
    said: 'ENOTFOUND',
    remedy: 'use_proxy',
  };
  const words = problemInWords({ code: 'portal_unusable', params, detail: '', remedy: '' }, 'ru');
  expect(words.remedy).toContain('HTTPS_PROXY');
});

test('a file that an older version called an archive is described in Russian', () => {
  const stored = { code: 'file_not_csv', params: { file: 'a.rar', is: 'archive' } };
  const words = problemInWords({ ...stored, detail: 'a.rar is an archive.', remedy: '' }, 'ru');
  expect(words.detail).toBe('a.rar — не файл CSV, а архив.');
});

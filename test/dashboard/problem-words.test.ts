import { describe, expect, test } from 'vitest';
import { detectFormat } from '../../src/csv/detect-format.ts';
import { problemInWords } from '../../src/dashboard/layout/problem-words.ts';
import { Problem } from '../../src/domain/problem.ts';

/** @returns what the Russian page says of it */
function inRussian(error: unknown): string {
  if (!(error instanceof Problem)) throw error;
  const { message: detail, remedy, coded } = error;
  const words = problemInWords({ detail, remedy, ...coded }, 'ru');
  return `${words.detail} ${words.remedy}`;
}

describe('a first row that is broken says in Russian why', () => {
  const AT_FIRST = 'a.csv, строка 1: первая строка испорчена:';

  async function* bytesOf(csv: string) {
    yield Buffer.from(csv);
  }

  test.each([
    ['group,"user\n1,2\n', `${AT_FIRST} кавычка открыта и не закрыта: “group,"user”. Нужна`],
    [
      'group,us"er\n1,2\n',
      `${AT_FIRST} кавычка внутри ячейки, которая начинается не с неё: “us"er”. Нужна`,
    ],
    ['group,"user"s\n', `${AT_FIRST} после закрывающей кавычки идёт текст: “"user"s”. Нужна`],
    [
      'group,"user\n1"2\n',
      `${AT_FIRST} кавычка открыта здесь, а закрыта в строке 2 посреди текста: “group,"user”. Нужна`,
    ],
    [
      `group,"user${'x'.repeat(2_000_000)}\n`,
      `${AT_FIRST} строка длиннее 1 МиБ; наверное, кавычка открыта и не закрыта. Нужна`,
    ],
  ])('%#', async (csv, words) => {
    const error: unknown = await detectFormat(() => bytesOf(csv), 'a.csv').catch((it) => it);
    expect(inRussian(error)).toContain(words);
  });
});

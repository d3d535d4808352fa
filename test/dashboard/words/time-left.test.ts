import { expect, test } from 'vitest';
import { formatIn } from '../../../src/dashboard/i18n/number-format.ts';
import { importsTexts, importTexts } from '../../../src/dashboard/i18n/texts.ts';

test.each([
  ['en', 0, 'Less than a minute left.', 'less than a minute left'],
  ['en', 59.9, 'Less than a minute left.', 'less than a minute left'],
  ['en', 60, 'About 60 seconds left.', 'about 60 seconds left'],
  ['en', 120, 'About 2 minutes left.', 'about 2 minutes left'],
  ['ru', 59, 'Осталось меньше минуты.', 'осталось меньше минуты'],
  ['ru', 120, 'Осталось примерно 2 мин.', 'осталось примерно 2 мин'],
] as const)('in %s, an estimate of %d seconds reads “%s”', (language, seconds, page, list) => {
  const time = formatIn(language).timeLeft(seconds);
  const said = [importTexts[language].left(time), importsTexts[language].left(time)];
  expect(said.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([page, list]);
});

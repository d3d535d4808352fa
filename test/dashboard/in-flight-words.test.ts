import { expect, test } from 'vitest';
import { importsTexts, importTexts, reviewTexts } from '../../src/dashboard/i18n/texts.ts';

test('the question before a cancel says how many invitations may still go out', () => {
  const { en, ru } = importTexts;
  expect(en.cancelQuestion(0)).not.toMatch(/\d/);
  expect(en.cancelQuestion(509)).toContain(
    '509 invitations already sent to Bitrix24 may still go through',
  );
  expect(en.cancelQuestion(1)).toContain('1 invitation already sent');
  expect(ru.cancelQuestion(0)).not.toMatch(/\d/);
  expect(ru.cancelQuestion(509)).toContain(
    '509 приглашений уже передано в Битрикс24 и ещё могут дойти',
  );
  expect(ru.cancelQuestion(21)).toContain(
    '21 приглашение уже передано в Битрикс24 и ещё может дойти',
  );
});

test('nobody reads that nothing goes out before that is so', () => {
  for (const words of [importTexts.en, importTexts.ru]) {
    expect(words.now.pausing(3)).toMatch(/3/);
    expect(words.now.cancelling(3)).toMatch(/3/);
  }
});

test('what is counted in a minute is pairs, whatever became of them', () => {
  for (const { en, ru } of [importTexts, importsTexts]) {
    expect(en.perMinute(1_209)).toMatch(/^1,209 (processed )?per minute/);
    expect(ru.perMinute(22)).toMatch(/22 в минуту/);
  }
});

test('of the groups before the start is said how many are shown', () => {
  expect(reviewTexts.en.groupsOf('12', 14)).toMatch(/^The first 12 of 14 groups\./);
  expect(reviewTexts.ru.groupsOf('12', 21)).toMatch(/^Первые 12 из 21 группы\./);
});

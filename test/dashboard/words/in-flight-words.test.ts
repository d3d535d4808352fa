import { expect, test } from 'vitest';
import { importsTexts, importTexts, reviewTexts } from '../../../src/dashboard/i18n/texts.ts';

test('the confirmation of a cancel shows the number of invitations in flight', () => {
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

test('the texts of pausing and cancelling show the number of invitations in flight', () => {
  for (const words of [importTexts.en, importTexts.ru]) {
    for (const say of [words.now.pausing, words.now.cancelling]) {
      const numbers = (sent: number, leftOut: number) =>
        say(sent, leftOut)
          .replaceAll(/Bitrix24|Битрикс24/g, '')
          .match(/\d+/g);
      expect(numbers(3, 0)).toEqual(['3']);
      expect(numbers(3, 5)).toEqual(['3', '5']);
      expect(numbers(0, 5)).toEqual(['5']);
      expect(say(0, 5)).toMatch(/looked up|выясняется/);
    }
  }
});

test('the rate counts pairs per minute, with any outcome', () => {
  for (const { en, ru } of [importTexts, importsTexts]) {
    expect(en.perMinute(1_209)).toMatch(/^1,209 (processed )?per minute/);
    expect(ru.perMinute(22)).toMatch(/22 в минуту/);
  }
});

test('the review shows how many of the groups are listed', () => {
  expect(reviewTexts.en.groupsOf('12', 14)).toMatch(/^The first 12 of 14 groups\./);
  expect(reviewTexts.ru.groupsOf('12', 21)).toMatch(/^Первые 12 из 21 группы\./);
});

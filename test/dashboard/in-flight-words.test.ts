import { expect, test } from 'vitest';
import { importsTexts, importTexts, reviewTexts } from '../../src/dashboard/i18n/texts.ts';

test('the confirmation of a cancel shows the number of invitations in flight', () => {
  const { en, ru } = importTexts;
  expect(en.cancelQuestion(0)).not.toMatch(/\d/);
  expect(en.cancelQuestion(509)).toContain('509 invitations that left already may still go out');
  expect(en.cancelQuestion(1)).toContain('1 invitation that left already');
  expect(ru.cancelQuestion(0)).not.toMatch(/\d/);
  expect(ru.cancelQuestion(509)).toContain('509 приглашений уже у портала и ещё могут уйти');
  expect(ru.cancelQuestion(21)).toContain('21 приглашение уже у портала и ещё может уйти');
});

test('the texts of pausing and cancelling show the number of invitations in flight', () => {
  for (const words of [importTexts.en, importTexts.ru]) {
    expect(words.now.pausing(3)).toMatch(/3/);
    expect(words.now.cancelling(3)).toMatch(/3/);
  }
});

test('the rate counts pairs per minute, with any outcome', () => {
  for (const { en, ru } of [importTexts, importsTexts]) {
    expect([1, 1_209].map(en.perMinute).join()).toMatch(/^1 pair a minute.*,1,209 pairs a minute/);
    expect([1, 22].map(ru.perMinute).join()).toMatch(/1 пара в минуту.*22 пары в минуту/);
  }
});

test('the review shows how many of the groups are listed', () => {
  expect(reviewTexts.en.groupsOf('12', 14)).toMatch(/^The first 12 of 14 groups;/);
  expect(reviewTexts.ru.groupsOf('12', 21)).toMatch(/^Первые 12 из 21 группы;/);
});

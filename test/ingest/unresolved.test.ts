import { expect, test } from 'vitest';
import { detailInWords } from '../../src/dashboard/i18n/in-words.ts';
import type { Candidate } from '../../src/domain/pairs/directory.ts';
import { describeAmbiguous, describeUnknown } from '../../src/ingest/unresolved.ts';
import { describeDetails } from '../../src/messages/row-details.ts';

const person = (id: number, isDismissed = false): Candidate<number> => ({
  ...{ id, name: `Anna ${id}` },
  ...(isDismissed && { isDismissed }),
});

const MANY = [2, 3, 4, 5, 6, 7].map((id) => person(id, id === 4 || id === 7));

test.each([
  [
    [person(2), person(3)],
    '2 people have the address “a@b.c”: 2 “Anna 2”, 3 “Anna 3”; write the id instead',
    '«a@b.c» — этот адрес есть у нескольких (2): 2 «Anna 2», 3 «Anna 3»; укажите номер',
  ],
  [
    [person(2, true), person(3), person(4, true)],
    '3 people have the address “a@b.c”: 2 “Anna 2”, 3 “Anna 3”, 4 “Anna 4”; dismissed: id 2, 4; write the id instead',
    '«a@b.c» — этот адрес есть у нескольких (3): 2 «Anna 2», 3 «Anna 3», 4 «Anna 4»; уволены: номер 2, 4; укажите номер',
  ],
  [
    MANY,
    /6 “Anna 6” and 1 more; dismissed: id 4; write the id instead$/,
    /6 «Anna 6» и ещё 1; уволены: номер 4; укажите номер$/,
  ],
])(
  '%#: names the people who share an address, and which of them are dismissed',
  (people, en, ru) => {
    const detail = describeAmbiguous('email', 'a@b.c', people);
    const words = describeDetails([detail]);
    expect(words).toMatch(en);
    expect(detailInWords({ detail: words, details: [detail] }, 'ru')).toMatch(ru);
  },
);

test.each([
  ['email', '\u0430nna@b.c', 'letters of another alphabet look the same in it: “\u0430” (U+0430)'],
  ['email', 'anna@b.c', 'the person may exist where it cannot see'],
  ['group', 'M\u0430рк\u0435тинг', 'look the same in it: “M” (U+004D)'],
  ['group', 'Маркетинг 2', 'no group that the webhook can see is called “Маркетинг 2”'],
] as const)('of an unknown %s %j, look-alike letters are named', (of, text, words) => {
  expect(describeDetails([describeUnknown(of, text, { kind: 'unknown' })])).toContain(words);
});

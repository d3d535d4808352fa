import { expect, test } from 'vitest';
import { detailInWords } from '../../src/dashboard/i18n/in-words.ts';
import type { Candidate } from '../../src/domain/pairs/directory.ts';
import { describeAmbiguous } from '../../src/ingest/unresolved.ts';
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
    '“a@b.c” — этот адрес есть у нескольких (2): 2 “Anna 2”, 3 “Anna 3”; впишите номер',
  ],
  [
    [person(2, true), person(3), person(4, true)],
    '3 people have the address “a@b.c”: 2 “Anna 2”, 3 “Anna 3”, 4 “Anna 4”; dismissed: id 2, 4; write the id instead',
    '“a@b.c” — этот адрес есть у нескольких (3): 2 “Anna 2”, 3 “Anna 3”, 4 “Anna 4”; уволены: номер 2, 4; впишите номер',
  ],
  [
    MANY,
    /6 “Anna 6” and 1 more; dismissed: id 4; write the id instead$/,
    /6 “Anna 6” и ещё 1; уволены: номер 4; впишите номер$/,
  ],
])('%#: who has one address is told, and who of them is dismissed', (people, en, ru) => {
  const detail = describeAmbiguous('email', 'a@b.c', people);
  const words = describeDetails([detail]);
  expect(words).toMatch(en);
  expect(detailInWords({ detail: words, details: [detail] }, 'ru')).toMatch(ru);
});

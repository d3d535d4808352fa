/** A name in its own script, and the matching mailbox. */
export interface PersonName {
  readonly name: string;
  readonly mailbox: string;
}

const ENGLISH_FIRST =
  'Emma James Olivia William Ava Benjamin Sophia Lucas Isabella Henry Mia Theodore Amelia Jack Harper Daniel';
const ENGLISH_LAST =
  'Carter Hughes Bennett Foster Reid Morgan Sullivan Hayes Palmer Griffin Wallace Pearce Donovan Ellis Marsh Whitfield';
const RUSSIAN_FIRST =
  'Анна:anna Мария:maria Ольга:olga Екатерина:ekaterina Наталья:natalia Ирина:irina Юлия:yulia Дарья:daria';
const RUSSIAN_FIRST_MALE =
  'Алексей:alexey Дмитрий:dmitry Сергей:sergey Андрей:andrey Михаил:mikhail Павел:pavel Илья:ilya Никита:nikita';
const RUSSIAN_LAST =
  'Иванов:ivanov Смирнов:smirnov Кузнецов:kuznetsov Попов:popov Соколов:sokolov Лебедев:lebedev Козлов:kozlov Новиков:novikov Морозов:morozov Волков:volkov';

const words = (text: string): string[] => text.split(' ');

function pair(word: string): [string, string] {
  const [cyrillic = '', latin = ''] = word.split(':');
  return [cyrillic, latin];
}

function english(): PersonName[] {
  return words(ENGLISH_LAST).flatMap((last, shift) =>
    words(ENGLISH_FIRST)
      .filter((_, index) => (index + shift) % 2 === 0)
      .map((first) => ({
        name: `${first} ${last}`,
        mailbox: `${first}.${last}`.toLowerCase(),
      })),
  );
}

function russian(firstNames: string, ending: string, latinEnding: string): PersonName[] {
  return words(RUSSIAN_LAST).flatMap((lastWord) => {
    const [last, latinLast] = pair(lastWord);
    return words(firstNames).map((firstWord) => {
      const [first, latinFirst] = pair(firstWord);
      return {
        name: `${first} ${last}${ending}`,
        mailbox: `${latinFirst}.${latinLast}${latinEnding}`,
      };
    });
  });
}

/** @returns 288 different people, English and Russian names in turn, always the same. */
export function peopleNames(): PersonName[] {
  const englishNames = english();
  const women = russian(RUSSIAN_FIRST, 'а', 'a');
  const men = russian(RUSSIAN_FIRST_MALE, '', '');
  const russianNames = women.flatMap((woman, index) => {
    const man = men[index];
    return man === undefined ? [woman] : [woman, man];
  });
  const longest = Math.max(englishNames.length, russianNames.length);
  return Array.from({ length: longest }, (_, index) => [englishNames[index], russianNames[index]])
    .flat()
    .filter((name) => name !== undefined);
}

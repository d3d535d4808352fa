import type { peopleEn } from '../en/people-en.ts';

export const peopleRu: typeof peopleEn = {
  title: 'Люди',
  intro: 'Все приглашения одного человека.',
  query: 'Имя, адрес эл. почты или номер',
  find: 'Найти',
  chosen: 'Выберите человека',
  noOne: (text) => `Ни в одном импорте нет человека с именем ${text}.`,
  groups: 'Группы',
  group: 'Группа',
  latest: 'Последний результат',
  entries: 'Записей',
  none: (who) => `Приглашений для ${who} не найдено.`,
  found: (who) => `Приглашения для ${who}`,
  import: 'Импорт',
};

import type { peopleEn } from '../en/people-en.ts';

export const peopleRu: typeof peopleEn = {
  title: 'Люди',
  intro: 'Все приглашения одного человека.',
  query: 'Номер сотрудника или адрес эл. почты',
  find: 'Найти',
  noName: 'Введите номер сотрудника или полный адрес эл. почты. Поиска по имени нет.',
  none: (who) => `Приглашений для ${who} не найдено.`,
  found: (who) => `Приглашения для ${who}`,
  import: 'Импорт',
};

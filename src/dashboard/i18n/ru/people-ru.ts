import type { peopleEn } from '../en/people-en.ts';

export const peopleRu: typeof peopleEn = {
  title: 'Люди',
  intro: 'Узнайте, что стало с человеком во всех импортах.',
  query: 'Номер человека или адрес почты',
  find: 'Найти',
  noName: 'Ищем по номеру или полному адресу почты, а не по имени.',
  none: (who) => `Ни в одном импорте нет ${who}.`,
  found: (who) => `Что импортировали для ${who}`,
  import: 'Импорт',
};

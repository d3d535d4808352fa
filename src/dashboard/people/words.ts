import { inBoth } from '../language/in-both.ts';

export const peopleWords = inBoth(
  {
    title: 'People',
    intro: 'Find what became of one person in all imports.',
    query: 'Number of the person, or the email address',
    find: 'Find',
    noName: 'People are found by number or by the whole email address, not by name.',
    none: (who: string) => `No import holds ${who}.`,
    found: (who: string) => `What was imported for ${who}`,
    import: 'Import',
  },
  {
    title: 'Люди',
    intro: 'Узнайте, что стало с человеком во всех импортах.',
    query: 'Номер человека или адрес почты',
    find: 'Найти',
    noName: 'Ищем по номеру или полному адресу почты, а не по имени.',
    none: (who) => `Ни в одном импорте нет ${who}.`,
    found: (who) => `Что импортировали для ${who}`,
    import: 'Импорт',
  },
);

import { counted, countedRu } from '../language/counted.ts';
import { inBoth } from '../language/in-both.ts';

export const importsWords = inBoth(
  {
    title: 'Imports',
    create: 'New import',
    list: 'Imports, the newest first',
    perMinute: (n: number) => `${counted(n, 'pair', 'pairs')} a minute`,
    left: (time: string) => `about ${time} left`,
    waitingUntil: (time: string) => `waiting for the portal until ${time}`,
    rows: (n: number) => counted(n, 'row', 'rows'),
    soFar: (n: string) => `${n} so far`,
    done: (done: string, all: string) => `${done} of ${all} done`,
    by: (who: string, when: string) => `${who}, ${when}`,
    emptyTitle: 'Nothing has been imported yet',
    empty:
      'Hand in a table with one line per invitation: the group, and the person. Before anything is sent you will see what is in it, who would be invited where, and how long that takes.',
    emptyViewer: 'When an administrator hands in a table, you can watch it here.',
    sample: 'A sample to look at (CSV)',
    template: 'An empty template to fill in (CSV)',
    who: { admin: 'an administrator', cli: 'command line' },
  },
  {
    title: 'Импорты',
    create: 'Новый импорт',
    list: 'Импорты, сначала новые',
    perMinute: (n) => `${countedRu(n, 'пара', 'пары', 'пар')} в минуту`,
    left: (time) => `осталось примерно ${time}`,
    waitingUntil: (time) => `ждём портал до ${time}`,
    rows: (n) => countedRu(n, 'строка', 'строки', 'строк'),
    soFar: (n) => `пока ${n}`,
    done: (done, all) => `готово ${done} из ${all}`,
    by: (who, when) => `${who}, ${when}`,
    emptyTitle: 'Пока ничего не импортировали',
    empty:
      'Загрузите таблицу, где каждая строка — приглашение: группа и человек. До отправки вы увидите, что в ней, кого куда пригласят и сколько это займёт.',
    emptyViewer: 'Когда администратор загрузит таблицу, здесь можно будет следить за ней.',
    sample: 'Посмотреть пример (CSV)',
    template: 'Взять пустой шаблон (CSV)',
    who: { admin: 'администратор', cli: 'командная строка' },
  },
);

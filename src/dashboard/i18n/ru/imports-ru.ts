import { countedRu } from '../../../messages/ru/counted-ru.ts';

import type { importsEn } from '../en/imports-en.ts';

export const importsRu: typeof importsEn = {
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
};

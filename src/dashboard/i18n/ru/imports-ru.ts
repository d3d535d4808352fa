import { countedRu } from '../../../messages/ru/counted-ru.ts';

import type { importsEn } from '../en/imports-en.ts';

export const importsRu: typeof importsEn = {
  title: 'Импорты',
  create: 'Новый импорт',
  list: 'Импорты, сначала новые',
  perMinute: (n) => `${n.toLocaleString('ru')} в минуту`,
  left: (time) => `осталось примерно ${time}`,
  waitingUntil: (time) => `ожидание до ${time}`,
  rows: (n) => countedRu(n, 'строка', 'строки', 'строк'),
  soFar: (n) => `пока ${n}`,
  done: (done, all) => `обработано ${done} из ${all}`,
  by: (who, when) => `${who}, ${when}`,
  emptyTitle: 'Импортов пока нет',
  empty:
    'Загрузите таблицу, где каждая строка — одно приглашение: группа и человек. До отправки вы увидите, кого в какую группу пригласят и сколько времени это займёт.',
  emptyViewer: 'Импорты появятся здесь, когда администратор загрузит таблицу.',
  sample: 'Скачать пример (CSV)',
  template: 'Скачать шаблон (CSV)',
  who: { admin: 'Администратор', cli: 'Командная строка' },
};

import { countedRu, pluralRu } from '../../../messages/ru/counted-ru.ts';

import type { importsEn } from '../en/imports-en.ts';

export const importsRu: typeof importsEn = {
  title: 'Импорты',
  create: 'Новый импорт',
  list: 'Импорты, сначала новые',
  perMinute: (n) => `${n.toLocaleString('ru')} в минуту`,
  left: (time) => (time ? `осталось примерно ${time}` : 'осталось меньше минуты'),
  waitingUntil: (time) => `ожидание до ${time}`,
  rows: (n) => countedRu(n, 'строка', 'строки', 'строк'),
  soFar: (n) => `пока ${n}`,
  number: (id) => `№ ${id}`,
  invited: (invited, all) => `приглашено ${invited} из ${all}`,
  attention: (text, n) => `${text} ${pluralRu(n, 'требует', 'требуют', 'требуют')} внимания`,
  by: (who, when) => `${who}, ${when}`,
  started: (who, when) => `запуск: ${who}, ${when}`,
  find: 'Имя файла или номер',
  search: 'Найти',
  active: 'Выполняются',
  others: 'Остальные импорты',
  archive: 'В архив',
  toArchive: 'Показать архив',
  archiveTitle: 'Архив',
  toList: 'Назад к импортам',
  unarchive: 'Вернуть',
  remove: 'Удалить',
  removeQuestion: (name, rows) =>
    `Удалить ${name}? Навсегда удалятся ${rows}, их результаты и история, а также загруженный файл, если он не нужен другому импорту. Уже приглашённые останутся приглашёнными.`,
  yesRemove: 'Удалить навсегда',
  noneFound: 'Ничего не найдено.',
  actionsOf: (id) => `Действия с импортом ${id}`,
  emptyTitle: 'Импортов пока нет',
  empty:
    'Загрузите таблицу, где каждая строка — одно приглашение: группа и человек. До отправки вы увидите, кого в какую группу пригласят и сколько времени это займёт.',
  emptyViewer: 'Импорты появятся здесь, когда администратор загрузит таблицу.',
  sample: 'Скачать пример (CSV)',
  sampleExcel: 'Пример (XLSX)',
  template: 'Скачать шаблон (CSV)',
  templateExcel: 'Шаблон (XLSX)',
  who: { admin: 'Администратор', cli: 'Командная строка' },
};

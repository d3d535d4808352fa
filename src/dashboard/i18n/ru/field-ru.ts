import type { fieldEn } from '../en/field-en.ts';

export const fieldRu: typeof fieldEn = {
  again: 'Импортировать тот же файл ещё раз',
  cursor: 'Страница списка',
  delimiter: 'Между ячейками',
  email: 'Адрес почты',
  encoding: 'Буквы (кодировка)',
  filename: 'Имя файла',
  groupColumn: 'Колонка группы',
  group_id: 'Номер группы',
  id: 'Номер импорта',
  limit: 'Строк на странице',
  message: 'Текст приглашения',
  messageColumn: 'Колонка текста приглашения',
  outcome: 'Итог',
  reason: 'Причина',
  start: 'Запуск',
  token: 'Ключ доступа',
  userColumn: 'Колонка человека',
  user_id: 'Номер человека',
};

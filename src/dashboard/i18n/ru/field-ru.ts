import type { fieldEn } from '../en/field-en.ts';

export const fieldRu: typeof fieldEn = {
  again: 'Импортировать тот же файл ещё раз',
  cursor: 'Страница',
  delimiter: 'Разделитель',
  email: 'Адрес эл. почты',
  encoding: 'Кодировка',
  filename: 'Имя файла',
  groupColumn: 'Столбец групп',
  group_id: 'Номер группы',
  id: 'Номер импорта',
  limit: 'Строк на странице',
  message: 'Текст приглашения',
  messageColumn: 'Столбец текста приглашения',
  outcome: 'Результат',
  reason: 'Причина',
  start: 'Запуск',
  token: 'Ключ доступа',
  userColumn: 'Столбец сотрудников',
  user_id: 'Номер сотрудника',
};

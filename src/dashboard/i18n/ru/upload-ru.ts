import type { uploadEn } from '../en/upload-en.ts';

export const uploadRu: typeof uploadEn = {
  title: 'Новый импорт',
  intro:
    'Таблица в формате CSV: колонка с группами и колонка с людьми — номера, названия групп или адреса почты. Ничего не отправится, пока вы не увидите, что в ней.',
  drop: 'Перетащите файл сюда',
  choose: 'Выбрать файл',
  most: (size) => `CSV или CSV в архиве .gz, не больше ${size}`,
  tooLarge: (size) => `В файле ${size}, столько сервер не принимает.`,
  empty: 'Файл пуст.',
  sending: (name) => `Передаём ${name}`,
  sent: (sent, all) => `${sent} из ${all}`,
  reading: 'Файл передан и читается…',
  stop: 'Прервать',
  formatForm: (name) => `Скажите, как читать ${name}`,
  detect: 'Определить',
  column: 'название или номер колонки',
  readSo: 'Прочитать так',
  admins: 'Загружать таблицы может только администратор.',
};

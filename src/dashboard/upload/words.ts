import { inBoth } from '../language/in-both.ts';

export const uploadWords = inBoth(
  {
    title: 'New import',
    intro:
      'A table saved as CSV: a column with groups and one with people, by number, group name or email address. Nothing is sent before you have seen what is in it.',
    drop: 'Drop the file here',
    choose: 'Choose a file',
    most: (size: string) => `CSV, or CSV packed as .gz, up to ${size}`,
    tooLarge: (size: string) => `The file has ${size}, more than this server takes.`,
    empty: 'The file is empty.',
    sending: (name: string) => `Handing in ${name}`,
    sent: (sent: string, all: string) => `${sent} of ${all}`,
    reading: 'It has arrived and is being read…',
    stop: 'Stop',
    sayHow: (name: string) => `Say how ${name} is to be read`,
    detect: 'Find out',
    column: 'name or number of the column',
    readSo: 'Read it so',
    admins: 'Only administrators may hand in tables.',
  },
  {
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
    sayHow: (name) => `Скажите, как читать ${name}`,
    detect: 'Определить',
    column: 'название или номер колонки',
    readSo: 'Прочитать так',
    admins: 'Загружать таблицы может только администратор.',
  },
);

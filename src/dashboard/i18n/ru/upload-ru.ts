import { countedRu } from '../../../messages/ru/counted-ru.ts';
import type { uploadEn } from '../en/upload-en.ts';

const inRows = (n: number) => countedRu(n, 'строка', 'строки', 'строк');

export const uploadRu: typeof uploadEn = {
  title: 'Новый импорт',
  intro:
    'Загрузите книгу Excel или файл CSV со столбцом групп и столбцом сотрудников или вставьте таблицу. Группы можно указать по номеру или названию, сотрудников — по номеру или адресу эл. почты. До отправки вы сможете всё проверить.',
  drop: 'Перетащите файлы сюда или в любое место страницы',
  choose: 'Выбрать файлы',
  limit: (size) =>
    `Excel (.xlsx), LibreOffice (.ods), CSV или JSON, также в архиве .gz, до ${size}`,
  faulty: (name) => `${name} не загружен`,
  faults: {
    empty: () => 'Файл пуст.',
    too_large: (size) => `Файл слишком большой для этого сервера (${size}).`,
    changed: () =>
      'Файл изменён, перемещён или удалён после того, как его выбрали. Выберите его ещё раз.',
  },
  waiting: (name) => `${name} — следующий`,
  uploaded: (name) => `${name} загружен`,
  review: 'Проверить',
  remove: 'Убрать',
  removeOf: (name) => `Убрать ${name}`,
  sending: (name) => `Загрузка ${name}`,
  sent: (sent, all) => `${sent} из ${all}`,
  reading: 'Файл загружен. Идёт чтение…',
  stop: 'Отменить загрузку',
  formatForm: (name) => `Как читать ${name}`,
  detect: 'Определить автоматически',
  headerLine: 'Строка заголовка',
  chooseColumn: 'Выберите…',
  readFile: 'Прочитать файл',
  readAgain: 'Прочитать снова',
  columnsLater: 'Столбцы вы выберете после этого.',
  paste: 'Вставить таблицу',
  pasteLabel: 'Ячейки таблицы',
  pasteHint:
    'Скопируйте ячейки в Excel или Google Таблицах вместе со строкой названий столбцов и вставьте их сюда.',
  pasteRead: 'Прочитать таблицу',
  pasted: (rows, columns) =>
    `${inRows(rows)}, ${countedRu(columns, 'столбец', 'столбца', 'столбцов')}`,
  pastedOneColumn: (rows) =>
    `${inRows(rows)}, один столбец. Скопируйте столбцы групп и сотрудников вместе.`,
  pastedName: 'вставленная таблица',
  admins: 'Загружать таблицы могут только администраторы.',
};

import type { OtherFile } from '../../domain/errors/problem-params.ts';

const SAVE_AS_CSV = 'В Excel: Файл → Сохранить как → CSV UTF-8, затем загрузите этот файл.';
const EXPORT = 'Экспортируйте таблицу в CSV из исходной программы.';

/** Files that are no CSV, and what to do about them. */
export const OTHER_FILES_RU: Readonly<Record<OtherFile, [is: string, remedy: string]>> = {
  archive: ['архив', 'Распакуйте его и загрузите CSV из него.'],
  contacts: ['файл контактов (vCard)', EXPORT],
  document: ['текстовый документ', EXPORT],
  excel: ['книга Excel (.xlsx)', SAVE_AS_CSV],
  gzip_in_gzip: ['архив gzip в архиве gzip', 'Распакуйте его и загрузите CSV из него.'],
  json: ['JSON', EXPORT],
  libreoffice: [
    'таблица LibreOffice (.ods)',
    'В LibreOffice: Файл → Сохранить как → Текст CSV, UTF-8.',
  ],
  numbers: ['таблица Numbers', 'В Numbers: Файл → Экспортировать в → CSV, кодировка UTF-8.'],
  old_excel: ['старая или защищённая паролем книга Excel (.xls)', SAVE_AS_CSV],
  onec: ['таблица 1С (.mxl)', 'Сохраните её в 1С как CSV и загрузите этот файл.'],
  pdf: ['документ PDF', EXPORT],
  picture: ['изображение или видео', EXPORT],
  web_page: [
    'веб-страница: так сохраняют .xls некоторые программы',
    `Откройте её как таблицу. ${SAVE_AS_CSV}`,
  ],
  xml: ['документ XML', `Откройте его как таблицу. ${SAVE_AS_CSV}`],
};

import type { OtherFile } from '../en/other-files-en.ts';

const SAVE_AS_CSV = 'В Excel: Файл → Сохранить как → CSV UTF-8, затем загрузите этот файл.';
const SAVE_AS_XLSX =
  'В Excel: Файл → Сохранить как → Книга Excel (.xlsx), затем загрузите этот файл.';
const UNPACK = 'Распакуйте его и загрузите таблицу из него.';
const NOT_PACKED = 'Загрузите саму книгу, а не архив с ней.';
const OPEN_AND_SAVE = `Откройте файл как таблицу. ${SAVE_AS_XLSX}`;
const EXPORT = 'Экспортируйте таблицу в CSV из исходной программы.';

/** Files that are no CSV, and what to do about them; `archive` is in ledgers of older versions. */
export const OTHER_FILES_RU: Readonly<Record<OtherFile | 'archive', [is: string, remedy: string]>> =
  {
    archive: ['архив', UNPACK],
    contacts: ['файл контактов (vCard)', EXPORT],
    document: ['текстовый документ', EXPORT],
    document_rtf: ['текстовый документ (RTF)', EXPORT],
    empty_zip: ['пустой архив ZIP', SAVE_AS_CSV],
    excel: ['книга Excel (.xlsx)', NOT_PACKED],
    excel_binary: ['двоичная книга Excel (.xlsb)', SAVE_AS_XLSX],
    excel_encrypted: [
      'книга Excel, защищённая паролем',
      'Сохраните её без пароля и загрузите новый файл.',
    ],
    excel_or_zip: ['книга Excel (.xlsx) или другой архив ZIP', SAVE_AS_CSV],
    gif: ['изображение (GIF)', EXPORT],
    gzip_in_gzip: ['архив gzip в архиве gzip', UNPACK],
    jpeg: ['изображение (JPEG)', EXPORT],
    libreoffice: ['таблица LibreOffice (.ods)', NOT_PACKED],
    numbers: ['таблица Numbers', 'В Numbers: Файл → Экспортировать в → CSV, кодировка UTF-8.'],
    old_excel: ['старая книга Excel (.xls)', SAVE_AS_XLSX],
    onec: ['таблица 1С (.mxl)', 'Сохраните её в 1С как CSV и загрузите этот файл.'],
    pdf: ['документ PDF', EXPORT],
    picture: ['изображение или видео', EXPORT],
    png: ['изображение (PNG)', EXPORT],
    rar: ['архив RAR', UNPACK],
    seven_zip: ['архив 7-Zip', UNPACK],
    tar: ['архив TAR', UNPACK],
    web_archive: ['веб-архив (.mht)', OPEN_AND_SAVE],
    web_page: ['веб-страница: так сохраняют .xls некоторые программы', OPEN_AND_SAVE],
    webp: ['изображение (WebP)', EXPORT],
    xml: ['документ XML', OPEN_AND_SAVE],
    xml_table: ['таблица XML', OPEN_AND_SAVE],
    zip: ['архив ZIP', UNPACK],
  };

import type { workbookProblemsEn } from '../en/workbook-problems-en.ts';
import type { ProblemTemplates } from '../problem-templates.ts';

const SAVE_AGAIN = 'Откройте её в Excel или LibreOffice, сохраните и загрузите новый файл.';
const inPart = (part: string): string => (part === '' ? '' : ` (${part})`);
const sheetList = (sheets: string): string =>
  sheets
    .split('\n')
    .map((name) => `«${name}»`)
    .join(', ');

/** Of workbooks and their sheets. */
export const workbookProblemsRu: ProblemTemplates<keyof typeof workbookProblemsEn> = {
  workbook_damaged: ({ file, part }) => [
    `${file}: книга неполная или повреждена${inPart(part)}.`,
    SAVE_AGAIN,
  ],
  workbook_size_false: ({ file, part }) => [
    `${file}: распакованная книга больше, чем в ней указано${inPart(part)}.`,
    SAVE_AGAIN,
  ],
  workbook_doctype: ({ file, part }) => [
    `${file}: в книге есть объявление типа документа${inPart(part)}; табличные программы его не пишут.`,
    SAVE_AGAIN,
  ],
  workbook_encrypted: ({ file }) => [
    `${file}: книга защищена паролем.`,
    'Сохраните её без пароля и загрузите новый файл.',
  ],
  workbook_texts_many: ({ file, most }) => [
    `${file}: разных текстов в книге больше ${most.toLocaleString('ru')}.`,
    'Сохраните лист как CSV UTF-8 и загрузите этот файл.',
  ],
  sheets_unknown: ({ file, sheets }) => [
    `${file}: ни на одном видимом листе в первой строке не названы столбцы группы и сотрудника; листы: ${sheetList(sheets)}.`,
    'Выберите лист или назовите столбцы в его первой строке group_id и user_id.',
  ],
  sheet_missing: ({ file, name, sheets }) => [
    `${file}: листа ${name} нет; листы: ${sheetList(sheets)}.`,
    'Выберите один из них.',
  ],
};

import { encodingName, encodingNames } from '../en/file-problems-en.ts';
import type { Term } from '../en/outcomes-en.ts';
import type { EmailsHidden, Unusable } from '../en/problems-en.ts';
import type { ProblemTemplates } from '../problem-templates.ts';
import { at, columnProblemsRu } from './column-problems-ru.ts';
import { jsonProblemsRu } from './json-problems-ru.ts';
import { ledgerProblemsRu } from './ledger-problems-ru.ts';
import { orderProblemsRu } from './order-problems-ru.ts';
import { OTHER_FILES_RU } from './other-files-ru.ts';
import { outcomesRu } from './outcomes-ru.ts';
import { PORTAL_REMEDIES_RU } from './portal-remedies-ru.ts';
import { requestProblemsRu } from './request-problems-ru.ts';
import { rowFaultRu } from './row-details-ru.ts';
import { workbookProblemsRu } from './workbook-problems-ru.ts';

const inRu = (number: number): string => number.toLocaleString('ru');

const EXAMPLE =
  'Назовите столбцы в первой строке, например group_id,user_id,message; ниже укажите по одному приглашению на строку.';
const AGAIN = 'Загрузите файл снова.';
const SAVE_AS_UTF8 = 'сохраните файл в UTF-8 (в Excel: Файл → Сохранить как → CSV UTF-8)';

const UNUSABLE: Readonly<Record<Unusable, [does: string, remedy?: string]>> = {
  unreachable: ['недоступен'],
  odd: [
    'отвечает не так, как Битрикс24',
    'Проверьте адрес в BITRIX24_WEBHOOK_URL; если он верен, на портале сбой: повторите позже.',
  ],
  busy: [
    'слишком долго ограничивает запросы',
    'Проверьте, какие ещё программы обращаются к порталу, и повторите, когда они закончат.',
  ],
  refuses: ['не принимает вебхук'],
};

const EMAILS_HIDDEN: Readonly<Record<EmailsHidden, (said: string) => string>> = {
  user_brief: () => 'его право user_brief не показывает адреса',
  no_scope: () => 'у него нет права user',
  refused: (said) => `портал не разрешает ему читать сотрудников (${said})`,
  not_shown: () => 'портал не показывает ему адреса',
  not_compared: () => 'портал возвращает других сотрудников',
};

/** The problems of the server in Russian, by their codes. */
export const problemWordsRu: ProblemTemplates = {
  ...workbookProblemsRu,
  file_empty: ({ file }) => [`${file} пуст.`, EXAMPLE],
  file_without_rows: ({ file }) => [
    `В ${file} есть заголовок, но нет строк с данными.`,
    'Добавьте под заголовком строки: группа и человек в каждой.',
  ],
  file_not_csv: ({ file, is }) => [
    `${file} — не файл CSV, а ${OTHER_FILES_RU[is][0]}.`,
    OTHER_FILES_RU[is][1],
  ],
  file_too_large: ({ file, most, unpacked }) => [
    `${file || 'Файл'} ${unpacked ? 'после распаковки ' : ''}больше предела (${inRu(most)} байт); ничего не сохранено.`,
    'Разделите файл или увеличьте MAX_UPLOAD_BYTES.',
  ],
  pairs_many: ({ file, line, pairs, most }) => [
    `${file}: до строки ${line} приглашений ${inRu(pairs)}, предел — ${inRu(most)}; ничего не сохранено.`,
    'Разделите файл или увеличьте MAX_PAIRS.',
  ],
  pairs_dense: ({ file, line, pairs, most }) => [
    `${file}: до строки ${line} приглашений ${inRu(pairs)}, больше ${inRu(most)} на прочитанный байт; ничего не сохранено.`,
    'Проверьте списки в ячейках или увеличьте MAX_PAIRS_PER_BYTE.',
  ],
  file_gone: ({ file }) => [`${file} больше не хранится.`, AGAIN],
  file_not_read: () => ['Файл не удалось прочитать.', 'Причина указана в журнале программы.'],
  reading_broken_off: () => ['Чтение файла прервано.', AGAIN],
  reading_taken_over: ({ file }) => [
    `${file}: файл перешёл к другому процессу, который читает его заново или отменяет импорт.`,
    'Откройте список импортов.',
  ],
  disk_full: ({ file, folder }) => [
    `На диске с ${folder} нет места; из ${file} ничего не сохранено.`,
    'Освободите место и повторите.',
  ],
  temporary_full: ({ folder, bytes }) => [
    `Временная папка ${folder} заполнена; из файла ничего не сохранено.`,
    `Освободите место (по ${bytes} байт на строку) или укажите в TMPDIR папку на другом диске.`,
  ],
  gzip_broken_off: ({ file }) => [
    `${file}: архив gzip неполный.`,
    'Скачайте или скопируйте его ещё раз либо сожмите CSV заново.',
  ],
  gzip_damaged: ({ file }) => [
    `${file}: архив gzip повреждён.`,
    'Скачайте или скопируйте его ещё раз либо сожмите CSV заново.',
  ],
  zero_byte: (where) => [
    `${at(where)}: в строке нулевой байт; файл двоичный, повреждён или в UTF-16.`,
    `Уберите его, или ${SAVE_AS_UTF8}, или выберите кодировку UTF-16.`,
  ],
  text_damaged: ({ encoding, ...where }) => [
    `${at(where)}: текст не в кодировке ${encodingName(encoding)}.`,
    `Исправьте строку, или ${SAVE_AS_UTF8}, или выберите кодировку файла.`,
  ],
  text_garbled: ({ file }) => [
    `${file}: текст искажён: он в UTF-8, но был прочитан в другой кодировке.`,
    'Не указывайте кодировку или экспортируйте файл заново из исходной программы в UTF-8.',
  ],
  encoding_unclear: ({ file, suspected }) => [
    `${file}: кодировка не поддерживается или не определена${suspected && `; возможно, это ${encodingNames(suspected, 'или')}`}.`,
    `Чтобы текст не был искажён, ${SAVE_AS_UTF8} или выберите кодировку файла.`,
  ],
  encoding_contradicted: ({ file, marked, encoding }) => [
    `В начале ${file} стоит метка ${encodingName(marked)}, а не ${encodingName(encoding)}.`,
    `Выберите ${encodingName(marked)} или автоматическое определение.`,
  ],
  delimiter_unclear: (where) => [
    `${at(where)}: не удалось определить разделитель.`,
    'Выберите разделитель или назовите столбцы в первой строке.',
  ],
  delimiter_unusable: ({ file, cell }) => [
    `${file}, строка 1: разделитель ${cell} не поддерживается.`,
    'Используйте запятую, точку с запятой, табуляцию или вертикальную черту.',
  ],
  first_row_broken: ({ fault, cell, closing, ...where }) => [
    `${at(where)}: ошибка в первой строке: ${rowFaultRu(fault, cell, closing)}.`,
    EXAMPLE,
  ],
  header_below: ({ header, ...where }) => [
    `${at(where)}: здесь нет названий столбцов; похоже, заголовок в строке ${header}.`,
    'Удалите строки над ним или укажите номер строки заголовка.',
  ],
  header_line_missing: ({ file, line }) => [
    `В ${file} нет данных начиная со строки ${line}.`,
    'Укажите номер строки с названиями столбцов; строки нумеруются с 1.',
  ],
  ...columnProblemsRu,
  ...jsonProblemsRu,
  ...ledgerProblemsRu,
  ...orderProblemsRu,
  portal_unusable: ({ portal, does, said, remedy }) => [
    `Портал ${portal} ${UNUSABLE[does][0]} (${said}).`,
    UNUSABLE[does][1] ?? PORTAL_REMEDIES_RU[remedy],
  ],
  emails_hidden: ({ why, said }) => [
    `Люди в файле указаны по адресам эл. почты, но вебхук не может их найти: ${EMAILS_HIDDEN[why](said)}.`,
    'Дайте вебхуку в Битрикс24 право user или user_basic либо укажите номера сотрудников.',
  ],
  groups_hidden: ({ said, remedy }) => [
    `Группы в файле указаны по названию, но вебхук не может читать группы (${said}).`,
    PORTAL_REMEDIES_RU[remedy],
  ],
  names_not_asked: () => ['Не удалось найти на портале названия и адреса из файла.', AGAIN],
  ...requestProblemsRu,
  login_needed: () => ['Вы не вошли.', 'Войдите.'],
  only_looking: () => [
    'С вашим ключом доступен только просмотр.',
    'Войдите с ключом администратора.',
  ],
  token_unknown: () => [
    'Такого ключа нет.',
    'Проверьте ADMIN_TOKEN и VIEWER_TOKEN или откройте ссылку для входа, которую вывела программа.',
  ],
  attempts_exhausted: ({ seconds }) => [`Повторите через ${seconds} с.`],
  page_foreign: () => ['Войти можно только на этой странице.', 'Откройте её по её адресу.'],
  import_unknown: ({ id }) => [`Импорта ${id} нет.`],
  import_replaced: ({ id, by }) => [`Импорт ${id} заменён импортом ${by}.`, 'Откройте его.'],
  order_senseless: ({ id, state }) => [
    `Это невозможно в текущем состоянии импорта ${id}: ${stateRu(state)}.`,
  ],
  row_not_rejected: ({ id }) => [
    `Эту строку импорта ${id} исправить нельзя: у неё уже другой результат, или другая ячейка не поможет.`,
    'Обновите список.',
  ],
  other_portal: ({ id, portal, here }) => [
    `Импорт ${id} относится к порталу ${portal}, а не к ${here}.`,
    `Укажите в BITRIX24_WEBHOOK_URL вебхук портала ${portal} и запустите программу снова.`,
  ],
  already_started: ({ id }) => [`Импорт ${id} уже запущен, изменить формат файла нельзя.`, AGAIN],
  import_moved_on: ({ id }) => [
    `Импорт ${id} запустили или заменили, пока его файл читался заново.`,
    'Найдите его в списке импортов.',
  ],
  person_unnamed: () => ['Введите номер сотрудника или адрес эл. почты.'],
  unexpected: () => ['Подробности — в журнале программы.'],
};

const stateRu = (state: string): string => {
  const states: Readonly<Record<string, Term | undefined>> = outcomesRu.state;
  return (states[state]?.label ?? state).toLowerCase();
};

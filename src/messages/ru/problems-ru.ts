import type { EmailsHidden, Unusable } from '../../domain/errors/problem-params.ts';
import type { Term } from '../en/outcomes-en.ts';
import type { ProblemTemplates } from '../problem-templates.ts';
import { at, columnProblemsRu } from './column-problems-ru.ts';
import { ledgerProblemsRu } from './ledger-problems-ru.ts';
import { OTHER_FILES_RU } from './other-files-ru.ts';
import { outcomesRu } from './outcomes-ru.ts';
import { PORTAL_REMEDIES_RU } from './portal-remedies-ru.ts';
import { requestProblemsRu } from './request-problems-ru.ts';
import { rowFaultRu } from './row-details-ru.ts';

const inRu = (number: number): string => number.toLocaleString('ru');

const EXAMPLE = 'Нужна первая строка вроде group_id,user_id,message, а под ней по паре на строку.';
const AGAIN = 'Загрузите файл снова.';
const SAVE_AS_UTF8 = 'сохраните файл в UTF-8 (в Excel: Файл → Сохранить как → CSV UTF-8)';

const UNUSABLE: Readonly<Record<Unusable, [does: string, remedy?: string]>> = {
  unreachable: ['недоступен'],
  odd: [
    'отвечает не так, как Битрикс24',
    'Проверьте адрес в BITRIX24_WEBHOOK_URL; если он верен, на портале неполадки: попробуйте позже.',
  ],
  busy: [
    'слишком долго не даёт больше запросов',
    'Узнайте, какие ещё программы обращаются к порталу, и попробуйте, когда они закончат.',
  ],
  refuses: ['не принимает вебхук'],
};

const EMAILS_HIDDEN: Readonly<Record<EmailsHidden, string>> = {
  user_brief: 'его право user_brief не показывает адреса',
  no_scope: 'у него нет права user',
  refused: 'портал не даёт ему читать людей',
  not_shown: 'портал не показывает ему адреса',
  not_compared: 'портал отвечает не теми, чьи адреса спросили',
};

/** The server speaks English; this is the same in Russian, by its codes. */
export const problemWordsRu: ProblemTemplates = {
  file_empty: ({ file }) => [`${file} пуст.`, EXAMPLE],
  file_without_rows: ({ file }) => [
    `В ${file} есть заголовок, но нет строк с данными.`,
    'Впишите под заголовком по группе и человеку на строку.',
  ],
  file_not_csv: ({ file, is }) => [
    `${file} — не CSV: это ${OTHER_FILES_RU[is][0]}.`,
    OTHER_FILES_RU[is][1],
  ],
  file_too_large: ({ file, most }) => [
    `${file || 'Файл'} больше, чем можно (${inRu(most)} байт); ничего не сохранено.`,
    'Разделите файл или увеличьте MAX_UPLOAD_BYTES.',
  ],
  pairs_many: ({ file, line, pairs, most }) => [
    `${file}: к строке ${line} названо пар: ${inRu(pairs)}, а можно не больше ${inRu(most)}; ничего не сохранено.`,
    'Разделите файл или увеличьте MAX_PAIRS.',
  ],
  pairs_dense: ({ file, line, pairs, most }) => [
    `${file}: к строке ${line} названо пар: ${inRu(pairs)}, больше ${inRu(most)} на каждый байт до этого места; ничего не сохранено.`,
    'Проверьте списки в ячейках или увеличьте MAX_PAIRS_PER_BYTE.',
  ],
  file_gone: ({ file }) => [`${file} больше не хранится.`, AGAIN],
  file_not_read: () => ['Файл не удалось прочитать.', 'Почему — в журнале программы.'],
  reading_broken_off: () => ['Чтение прервано.', AGAIN],
  reading_taken_over: ({ file }) => [
    `${file}: чтение взял на себя другой процесс, чтобы начать заново или отменить его.`,
    'Посмотрите список импортов.',
  ],
  disk_full: ({ file }) => [
    `На сервере нет места на диске; из ${file} ничего не сохранено.`,
    'Освободите место и начните снова.',
  ],
  temporary_full: ({ folder, bytes }) => [
    `Временная папка ${folder} заполнена; из файла ничего не сохранено.`,
    `Освободите место (по ${bytes} байт на строку) или укажите в TMPDIR папку на другом диске.`,
  ],
  gzip_broken_off: ({ file }) => [
    `${file}: архив gzip обрывается.`,
    'Скачайте или скопируйте его ещё раз либо сожмите CSV заново.',
  ],
  gzip_damaged: ({ file }) => [
    `${file}: архив gzip повреждён.`,
    'Скачайте или скопируйте его ещё раз либо сожмите CSV заново.',
  ],
  zero_byte: (where) => [
    `${at(where)}: здесь нулевой байт; файл двоичный, повреждён или в UTF-16.`,
    `Уберите его, или ${SAVE_AS_UTF8}, или выберите кодировку UTF-16.`,
  ],
  text_damaged: ({ encoding, ...where }) => [
    `${at(where)}: текст не в кодировке ${encoding}.`,
    `Исправьте строку, или ${SAVE_AS_UTF8}, или выберите кодировку файла.`,
  ],
  text_garbled: ({ file }) => [
    `${file}: буквы испорчены: текст в UTF-8 был прочитан в другой кодировке.`,
    'Не указывайте кодировку, или возьмите файл заново там, где он цел, и сохраните его как UTF-8.',
  ],
  encoding_contradicted: ({ file, marked, encoding }) => [
    `${file} начинается с отметки ${marked}, а не ${encoding}.`,
    `Выберите ${marked} или не выбирайте ничего.`,
  ],
  delimiter_unclear: (where) => [
    `${at(where)}: не понять, чем разделены ячейки.`,
    'Выберите разделитель или дайте колонкам имена в первой строке.',
  ],
  delimiter_unusable: ({ file, cell }) => [
    `${file}, строка 1: разделитель ${cell} не подходит.`,
    'Разделяйте запятой, точкой с запятой, табуляцией или чертой.',
  ],
  first_row_broken: ({ fault, cell, closing, ...where }) => [
    `${at(where)}: первая строка испорчена: ${rowFaultRu(fault, cell, closing)}.`,
    EXAMPLE,
  ],
  ...columnProblemsRu,
  ...ledgerProblemsRu,
  portal_unusable: ({ portal, does, said, remedy }) => [
    `Портал ${portal} ${UNUSABLE[does][0]} (${said}).`,
    UNUSABLE[does][1] ?? PORTAL_REMEDIES_RU[remedy],
  ],
  emails_hidden: ({ why }) => [
    `Люди в файле названы адресами почты, а вебхук не может их найти: ${EMAILS_HIDDEN[why]}.`,
    'Дайте вебхуку в Битрикс24 право user или user_basic либо впишите номера людей.',
  ],
  groups_hidden: ({ said, remedy }) => [
    `Группы в файле названы по имени, а вебхук не может читать группы (${said}).`,
    PORTAL_REMEDIES_RU[remedy],
  ],
  names_not_asked: () => ['Портал не удалось спросить о названиях и адресах из файла.', AGAIN],
  ...requestProblemsRu,
  login_needed: () => ['Без входа ничего не видно.', 'Войдите.'],
  only_looking: () => ['С вашим ключом можно только смотреть.', 'Войдите с ключом администратора.'],
  token_unknown: () => [
    'Такого ключа нет.',
    'Посмотрите ADMIN_TOKEN и VIEWER_TOKEN или откройте ссылку, которую напечатала программа.',
  ],
  attempts_exhausted: ({ seconds }) => [`Попробуйте через ${seconds} с.`],
  page_foreign: () => [
    'Входом может пользоваться только эта страница.',
    'Откройте её по её адресу.',
  ],
  import_unknown: ({ id }) => [`Импорта ${id} нет.`],
  import_replaced: ({ id, by }) => [`Вместо импорта ${id} теперь импорт ${by}.`, 'Откройте его.'],
  order_senseless: ({ id, state }) => [`Импорт ${id} уже в другом состоянии: ${stateRu(state)}.`],
  other_portal: ({ id, portal }) => [
    `Импорт ${id} — для другого портала: ${portal}.`,
    `Укажите в BITRIX24_WEBHOOK_URL вебхук портала ${portal} и запустите программу снова.`,
  ],
  already_started: ({ id }) => [`Импорт ${id} запущен: прочесть файл иначе уже нельзя.`, AGAIN],
  import_moved_on: ({ id }) => [
    `Импорт ${id} запустили или заменили, пока его файл читался иначе.`,
    'Найдите его в списке импортов.',
  ],
  person_unnamed: () => ['Кого искать? Введите номер или адрес.'],
  unexpected: () => ['Подробности — в журнале программы.'],
};

const stateRu = (state: string): string => {
  const states: Readonly<Record<string, Term | undefined>> = outcomesRu.state;
  return (states[state]?.label ?? state).toLowerCase();
};

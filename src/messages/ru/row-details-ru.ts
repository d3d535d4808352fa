import type { RowFault } from '../../domain/pairs/row-fault.ts';
import type { ROW_DETAILS } from '../en/row-details-en.ts';
import { say, type Templates } from '../say.ts';
import { countedRu } from './counted-ru.ts';

const NO_ID = 'номер — целое число цифрами от 0 до 9 и больше ничего';
const LIST_HINT = 'несколько в ячейке разделяют знаком ; или |';

const cells = (n: number) => countedRu(n, 'ячейка', 'ячейки', 'ячеек');
const groups = (n: number) => countedRu(n, 'группа', 'группы', 'групп');
const people = (n: number) => countedRu(n, 'человек', 'человека', 'человек');

/** What there is to say about a row beyond its reason. */
export const rowDetailsRu: Templates<typeof ROW_DETAILS> = {
  group_empty: () => 'группа не указана',
  user_empty: () => 'человек не указан',
  group_id_zero: ({ cell }) => `${cell} — не номер группы: номера начинаются с 1`,
  user_id_zero: ({ cell }) => `${cell} — не номер человека: номера начинаются с 1`,
  group_id_large: ({ cell, most }) => `${cell} — не номер группы: самый большой номер ${most}`,
  user_id_large: ({ cell, most }) => `${cell} — не номер человека: самый большой номер ${most}`,
  group_id_form: ({ cell }) => `${cell} — не номер группы: ${NO_ID}`,
  user_id_form: ({ cell }) =>
    `${cell} — не номер человека: ${NO_ID}; человека можно назвать и адресом почты`,
  group_id_grouped: ({ cell }) =>
    `${cell} — не номер группы: похоже на число с разделителем тысяч; ${NO_ID}`,
  user_id_grouped: ({ cell }) =>
    `${cell} — не номер человека: похоже на число с разделителем тысяч; ${NO_ID}`,
  group_placeholder: ({ cell }) =>
    `вместо группы стоит ${cell}: так программы пишут пустую ячейку или ошибку в формуле`,
  user_placeholder: ({ cell }) =>
    `вместо человека стоит ${cell}: так программы пишут пустую ячейку или ошибку в формуле`,
  group_id_list: ({ cell }) => `${cell} — не номер группы: ${NO_ID}; ${LIST_HINT}`,
  user_id_list: ({ cell }) => `${cell} — не номер человека: ${NO_ID}; ${LIST_HINT}`,
  surplus_cell: ({ cells: count, first, cell }) =>
    `в строке ${cells(count)}, а в первой ${first}; лишняя: ${cell}`,
  surplus_empty: ({ cells: count, first }) =>
    `в строке ${cells(count)}, а в первой ${first}: возможно, они сдвинуты`,
  too_many_pairs: ({ pairs, groups: inGroups, users, most }) =>
    `в строке ${countedRu(pairs, 'пара', 'пары', 'пар')} (${groups(inGroups)}, ${people(users)}), а можно не больше ${most}: разделите её`,
  message_long: ({ characters, most }) =>
    `в тексте приглашения ${countedRu(characters, 'знак', 'знака', 'знаков')}, а портал обрезает его после ${most}: сократите его`,
  message_number: ({ cell }) =>
    `вместо текста приглашения число ${cell}: возможно, запятая разделила число на две ячейки`,
  row_too_long: () => 'строка длиннее 1 МиБ; наверное, кавычка открыта и не закрыта',
  line_end_inside: ({ cell }) =>
    `внутри строки стоит знак конца строки (U+000D), не такой, как в других строках: ${cell}`,
  message_lost: ({ cell }) =>
    `буквы текста приглашения потеряны, их заменила другая программа: ${cell}`,
  quote_inside: ({ cell }) => `кавычка внутри ячейки, которая начинается не с неё: ${cell}`,
  quote_not_closed: ({ cell }) => `кавычка открыта и не закрыта: ${cell}`,
  text_after_quote: ({ cell }) => `после закрывающей кавычки идёт текст: ${cell}`,
  quote_closed_late: ({ line, cell }) =>
    `кавычка открыта здесь, а закрыта в строке ${line} посреди текста: ${cell}`,
  json_no_object: ({ is }) => `нужен объект JSON, а здесь значение типа ${is}`,
  json_key_twice: () => 'в объекте дважды один ключ, и неясно, какое значение верно',
  json_no_text: ({ key }) => `в ${key} есть нулевой символ или половина символа`,
  json_null: ({ key }) => `ключ ${key} равен null`,
  json_id_type: ({ key, is }) =>
    `${key} — значение JSON типа ${is}; нужно число, строка или массив из них`,
  json_message_type: ({ key, is }) => `${key} — значение JSON типа ${is}; нужна строка`,
  row_hidden: () => 'строка скрыта на листе: покажите её или удалите',
  formula_unvalued: () =>
    'в файле нет значения формулы: откройте книгу в табличной программе и сохраните её',
  group_unknown_like_many: ({ name, similar, more }) =>
    `вебхук не видит группы с названием ${name}; похожие: ${similar} и ещё ${more}`,
  group_unknown_like: ({ name, similar }) =>
    `вебхук не видит группы с названием ${name}; похожие: ${similar}`,
  group_unknown: ({ name }) => `вебхук не видит группы с названием ${name}`,
  email_unknown: ({ email }) =>
    `вебхук не видит никого с адресом ${email}; возможно, такой человек есть, но вебхуку он недоступен`,
  email_unknown_letters: ({ email, letters }) =>
    `вебхуку не виден никто с адресом ${email}; в нём похожие буквы другого алфавита: ${letters}`,
  group_unknown_letters: ({ name, letters }) =>
    `вебхуку не видна группа с названием ${name}; в нём похожие буквы другого алфавита: ${letters}`,
  group_ambiguous_many: ({ count, name, groups: known, more }) =>
    `${name} — так называются ${groups(count)}: ${known} и ещё ${more}; укажите номер`,
  group_ambiguous: ({ count, name, groups: known }) =>
    `${name} — так называются ${groups(count)}: ${known}; укажите номер`,
  email_ambiguous_dismissed_many: ({ count, email, people: known, more, dismissed }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known} и ещё ${more}; уволены: номер ${dismissed}; укажите номер`,
  email_ambiguous_dismissed: ({ count, email, people: known, dismissed }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known}; уволены: номер ${dismissed}; укажите номер`,
  email_ambiguous_many: ({ count, email, people: known, more }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known} и ещё ${more}; укажите номер`,
  email_ambiguous: ({ count, email, people: known }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known}; укажите номер`,
  no_group_scope: () =>
    'у вебхука нет права socialnetwork: с ним было бы видно, состоит ли человек в группе',
  no_user_scope: () => 'у вебхука нет права user: с ним вебхук видел бы людей',
  pending_not_shown: () => 'портал не показывает, кто уже приглашён в группу или подал заявку',
  may_invite_not_known: () =>
    'портал не сообщает, может ли пользователь вебхука приглашать в группу: администратор может, другие — только там, где группа это разрешает',
  forgotten: () => 'данные человека удалены',
  correction_of_several: () => 'в исправленной строке должны быть одна группа и один сотрудник',
  corrected: ({ group, user }) => `исправлено; в файле: группа «${group}», сотрудник «${user}»`,
  group_unseen: () => 'вебхук не видит группы',
  no_answer: () => 'нет ответа',
  verbatim: ({ text }) => text,
  timeout: () => 'TIMEOUT: портал не ответил вовремя',
  unreadable_answer: () => 'UNREADABLE: ответ не такой, как в документации',
};

/** @returns why a record cannot be split into cells */
export function rowFaultRu(fault: RowFault, cell: string, closing: number): string {
  return say(rowDetailsRu, { code: fault, params: { cell, line: closing } }) ?? fault;
}

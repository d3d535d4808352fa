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
  group_id_list: ({ cell }) => `${cell} — не номер группы: ${NO_ID}; ${LIST_HINT}`,
  user_id_list: ({ cell }) => `${cell} — не номер человека: ${NO_ID}; ${LIST_HINT}`,
  surplus_cell: ({ cells: count, first, cell }) =>
    `в строке ${cells(count)}, а в первой ${first}; лишняя: ${cell}`,
  too_many_pairs: ({ pairs, groups: inGroups, users, most }) =>
    `в строке ${countedRu(pairs, 'пара', 'пары', 'пар')} (${groups(inGroups)}, ${people(users)}), а можно не больше ${most}: разделите её`,
  message_long: ({ characters, most }) =>
    `в тексте приглашения ${countedRu(characters, 'знак', 'знака', 'знаков')}, а портал обрезает его после ${most}: сократите его`,
  row_too_long: () => 'строка длиннее 1 МиБ; наверное, кавычка открыта и не закрыта',
  quote_inside: ({ cell }) => `кавычка внутри ячейки, которая начинается не с неё: ${cell}`,
  quote_not_closed: ({ cell }) => `кавычка открыта и не закрыта: ${cell}`,
  text_after_quote: ({ cell }) => `после закрывающей кавычки идёт текст: ${cell}`,
  quote_closed_late: ({ line, cell }) =>
    `кавычка открыта здесь, а закрыта в строке ${line} посреди текста: ${cell}`,
  group_unknown_like_many: ({ name, similar, more }) =>
    `вебхуку не видна группа с названием ${name}; похожие: ${similar} и ещё ${more}`,
  group_unknown_like: ({ name, similar }) =>
    `вебхуку не видна группа с названием ${name}; похожие: ${similar}`,
  group_unknown: ({ name }) => `вебхуку не видна группа с названием ${name}`,
  email_unknown: ({ email }) => `на портале ни у кого нет адреса ${email}`,
  group_ambiguous_many: ({ count, name, groups: known, more }) =>
    `${name} — так называются ${groups(count)}: ${known} и ещё ${more}; впишите номер`,
  group_ambiguous: ({ count, name, groups: known }) =>
    `${name} — так называются ${groups(count)}: ${known}; впишите номер`,
  email_ambiguous_dismissed_many: ({ count, email, people: known, more, dismissed }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known} и ещё ${more}; уволены: номер ${dismissed}; впишите номер`,
  email_ambiguous_dismissed: ({ count, email, people: known, dismissed }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known}; уволены: номер ${dismissed}; впишите номер`,
  email_ambiguous_many: ({ count, email, people: known, more }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known} и ещё ${more}; впишите номер`,
  email_ambiguous: ({ count, email, people: known }) =>
    `${email} — этот адрес есть у нескольких (${count}): ${known}; впишите номер`,
  no_group_scope: () =>
    'у вебхука нет права socialnetwork: с ним было бы видно, состоит ли человек в группе',
  no_user_scope: () => 'у вебхука нет права user: с ним было бы видно, есть ли такой человек',
  group_unseen: () => 'группу не видно',
  no_answer: () => 'нет ответа',
  verbatim: ({ text }) => text,
  timeout: () => 'TIMEOUT: портал не ответил вовремя',
  unreadable_answer: () => 'UNREADABLE: ответ не такой, как в документации',
};

/** @returns why a record cannot be split into cells */
export function rowFaultRu(fault: RowFault, cell: string, closing: number): string {
  return say(rowDetailsRu, { code: fault, params: { cell, line: closing } }) ?? fault;
}

import type { Reason } from '../../domain/outcome.ts';
import type { Language } from '../language/in-both.ts';

type Said = { meaning: string; remedy: string | null };
type Reasoned = Said & { reason: string | null };

/** The server says what a reason means in English; this is the same in Russian. */
const RUSSIAN: Readonly<Record<Reason, [meaning: string, remedy?: string]>> = {
  returned: ['Портал подтвердил приглашение.'],
  confirmed: ['Портал не ответил, но в группе видно: этот запрос пригласил человека.'],
  already_member: ['Уже состоит в группе.'],
  already_invited: ['Уже приглашён в группу или сам просится в неё.'],
  caller: ['Это владелец вебхука: сам себя он не приглашает.'],
  user_not_found: [
    'На портале нет такого человека.',
    'Проверьте номер или дождитесь, пока человека заведут на портале, и повторите.',
  ],
  group_not_found: [
    'На портале нет такой группы, или вебхуку она не видна.',
    'Проверьте номер или сделайте владельца вебхука участником группы и повторите.',
  ],
  not_allowed: [
    'Владелец вебхука не может приглашать в эту группу.',
    'Дайте ему право приглашать в настройках группы и повторите.',
  ],
  declined: [
    'Человек и группа прочитаны, но портал не пригласил и не сказал почему.',
    'Возможно, человек удалён из группы или запретил приглашения. Спросите модератора группы.',
  ],
  portal_error: [
    'Портал несколько раз ответил ошибкой.',
    'Посмотрите его слова и повторите позже.',
  ],
  no_answer: [
    'Портал не ответил, и прочесть группу не удалось: приглашён человек или нет, неизвестно.',
    'Повторите: сначала программа посмотрит в группу и второй раз не пригласит.',
  ],
  not_explained: [
    'Портал не пригласил, а узнать почему не удалось.',
    'В подробностях сказано, чего не хватило: добавьте вебхуку это право или подождите, пока портал ответит, и повторите.',
  ],
  missing_group: ['В строке нет группы.', 'Впишите группу и загрузите файл снова.'],
  bad_group_id: ['Номер группы написан неверно.', 'Исправьте его и загрузите файл снова.'],
  unknown_group: ['Группы с таким названием нет.', 'Исправьте название или впишите номер.'],
  ambiguous_group: ['Так называются несколько групп.', 'Впишите номер группы.'],
  missing_user: ['В строке нет человека.', 'Впишите человека и загрузите файл снова.'],
  bad_user_id: ['Номер человека написан неверно.', 'Исправьте его и загрузите файл снова.'],
  unknown_email: ['Человека с таким адресом нет.', 'Исправьте адрес или впишите номер.'],
  ambiguous_email: ['Такой адрес у нескольких людей.', 'Впишите номер человека.'],
  bad_row: ['Строку нельзя прочитать.', 'Исправьте её и загрузите файл снова.'],
  by_user: [
    'Импорт отменили раньше, чем дошла очередь.',
    'Чтобы продолжить, загрузите файл снова.',
  ],
};

/** Whether a row can ever have it. */
export const isReason = (text: string): boolean =>
  Object.hasOwn(RUSSIAN, text) || /^of_line_([1-9]\d*|N)$/.test(text);

const PENDING = 'Ещё не дошла очередь.';
const DUPLICATE = 'Такая же пара стоит в файле раньше.';

/** @returns what a reason means, in the reader's language as far as it is known */
export function inWords(it: Reasoned, language: Language): Said {
  if (language === 'en') return it;
  if (it.reason === null) return { meaning: PENDING, remedy: null };
  if (it.reason.startsWith('of_line_')) return { meaning: DUPLICATE, remedy: null };
  const words: Readonly<Record<string, (typeof RUSSIAN)[Reason] | undefined>> = RUSSIAN;
  const known = words[it.reason];
  return known ? { meaning: known[0], remedy: known[1] ?? null } : it;
}

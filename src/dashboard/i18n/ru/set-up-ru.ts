import { CHECKS_RU } from '../../../messages/ru/set-up-checks-ru.ts';

import type { setUpEn } from '../en/set-up-en.ts';

export const setUpRu: typeof setUpEn = {
  title: 'Проверка установки',
  hint: 'Проверяет всё, от Node.js до вебхука, и говорит, что делать. Никому ничего не отправляется.',
  check: 'Проверить установку',
  group: 'Номер группы: можно ли приглашать в неё',
  sound: 'Ошибок нет.',
  unsound: 'Есть ошибки.',
  head: { status: 'Итог', check: 'Что', found: 'Что найдено' },
  status: { ok: 'В порядке', warning: 'Внимание', failed: 'Ошибка', skipped: 'Не проверено' },
  checks: CHECKS_RU,
};

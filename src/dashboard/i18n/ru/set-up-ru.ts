import { CHECKS_RU } from '../../../messages/ru/set-up-checks-ru.ts';

import type { setUpEn } from '../en/set-up-en.ts';

export const setUpRu: typeof setUpEn = {
  title: 'Проверка установки',
  hint: 'Проверяет всё, от Node.js до вебхука, и подсказывает, что исправить. Приглашения не отправляются.',
  check: 'Проверить установку',
  group: 'Номер группы для проверки (необязательно)',
  passed: 'Ошибок нет.',
  failed: 'Есть ошибки.',
  head: { status: 'Результат', check: 'Проверка', found: 'Подробности' },
  status: { ok: 'ОК', warning: 'Внимание', failed: 'Ошибка', skipped: 'Не проверено' },
  checks: CHECKS_RU,
};

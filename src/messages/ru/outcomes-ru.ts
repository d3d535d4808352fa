import type { outcomesEn } from '../en/outcomes-en.ts';

export const outcomesRu: typeof outcomesEn = {
  outcome: {
    invited: 'Приглашено',
    skipped: 'Уже там',
    failed: 'Не приглашено',
    unknown: 'Неизвестно',
    rejected: 'Не прочитано',
    duplicate: 'Повтор',
    cancelled: 'Отменено',
    pending: 'В ожидании',
  },
  state: {
    reading: 'Читается',
    ready: 'Готов к запуску',
    running: 'Приглашаем',
    held: 'Портал остановил',
    pausing: 'Приостанавливается',
    paused: 'Приостановлен',
    finished: 'Завершён',
    cancelling: 'Отменяется',
    cancelled: 'Отменён',
  },
};

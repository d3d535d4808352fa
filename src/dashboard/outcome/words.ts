import { inBoth } from '../language/in-both.ts';

export const outcomeWords = inBoth(
  {
    outcome: {
      invited: 'Invited',
      skipped: 'Nothing to do',
      failed: 'Not invited',
      unknown: 'Not known',
      rejected: 'Not readable',
      duplicate: 'Duplicate',
      cancelled: 'Cancelled',
      pending: 'Waiting',
    },
    state: {
      reading: 'Being read',
      ready: 'Ready to start',
      running: 'Inviting',
      held: 'Stopped by the portal',
      pausing: 'Pausing',
      paused: 'Paused',
      finished: 'Done',
      cancelling: 'Cancelling',
      cancelled: 'Cancelled',
    },
    bar: 'What became of the rows',
  },
  {
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
    bar: 'Что стало со строками',
  },
);

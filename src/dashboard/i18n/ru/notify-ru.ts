import type { notifyEn } from '../en/notify-en.ts';

export const notifyRu: typeof notifyEn = {
  notify: 'Уведомлять об импортах',
  why: {
    denied: 'Уведомления заблокированы браузером. Разрешите их в настройках сайта.',
    insecure: 'Для уведомлений нужен HTTPS.',
    impossible: 'Этот браузер не поддерживает уведомления.',
  },
  finished: (file) => `${file}: завершён`,
  result: (invited, all) => `Приглашено: ${invited} из ${all}.`,
  held: (file) => `${file}: ждёт портал`,
  waiting: (file) => `${file}: ожидание`,
  until: (time) => `Продолжение в ${time}.`,
};

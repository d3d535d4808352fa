import type { notifyEn } from '../en/notify-en.ts';

export const notifyRu: typeof notifyEn = {
  one: 'Сообщить, когда закончится',
  all: 'Сообщать, когда импорт закончится',
  why: {
    denied: 'Браузер не разрешает странице уведомления: включите их в настройках сайта.',
    insecure: 'Браузеры показывают уведомления только страниц по HTTPS.',
    impossible: 'Этот браузер не умеет показывать уведомления.',
  },
  finished: (file) => `${file}: готово`,
  result: (invited, all) => `Приглашено: ${invited} из ${all}.`,
  held: (file) => `${file}: портал остановил`,
  waiting: (file) => `${file}: ждём портал`,
  until: (time) => `Портал ничего не пропустит до ${time}.`,
};

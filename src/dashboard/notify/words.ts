import { inBoth } from '../language/in-both.ts';

export const notifyWords = inBoth(
  {
    one: 'Notify me when it ends',
    all: 'Notify me when an import ends',
    why: {
      denied:
        'This browser does not let the page notify you: allow it in the settings of the site.',
      insecure: 'Browsers notify only from pages that come over HTTPS.',
      impossible: 'This browser cannot notify you.',
    },
    finished: (file: string) => `${file}: done`,
    result: (invited: string, all: string) => `${invited} of ${all} invited.`,
    held: (file: string) => `${file}: stopped by the portal`,
    waiting: (file: string) => `${file}: waiting`,
    until: (time: string) => `The portal lets nothing through until ${time}.`,
  },
  {
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
  },
);

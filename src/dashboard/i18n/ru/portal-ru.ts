import type { portalEn } from '../en/portal-en.ts';

export const portalRu: typeof portalEn = {
  title: 'Портал',
  open: 'Подключён',
  requests: 'Использовано запросов',
  requestsHint: (perSecond) =>
    `В среднем Битрикс24 принимает запросов в секунду: ${perSecond}. Когда лимит исчерпан, запросы ждут.`,
  operating: 'Использовано времени на приглашения',
  operatingHint: (limit, window) =>
    `Битрикс24 выделяет на приглашения ${limit} времени сервера за любые ${window}. Когда время исчерпано, запросы ждут.`,
  invited: 'Приглашения за последний час',
  inFlight: 'Запросы в работе',
  cost: 'Время сервера на одно приглашение',
  unknownCost: 'измеряется на первых приглашениях',
  costOverTime: 'Время сервера на одно приглашение за последний час, мс',
  milliseconds: (n) => `${n} мс`,
  of: (n, limit) => `${n} из ${limit}`,
  overTime: (what) => `${what} за последний час`,
  errors: 'Ошибки Битрикс24',
  noErrors: 'Ошибок нет.',
  errorHead: { when: 'Время', what: 'Ошибка' },
  nowTitle: 'Сейчас',
};

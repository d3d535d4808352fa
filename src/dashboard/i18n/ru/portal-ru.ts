import type { portalEn } from '../en/portal-en.ts';

export const portalRu: typeof portalEn = {
  title: 'Портал',
  open: 'Портал принимает приглашения.',
  requests: 'Запросы в очереди портала',
  requestsHint: (perSecond) =>
    `Портал принимает в среднем ${perSecond} в секунду; когда очередь полна, программа ждёт.`,
  operating: 'Секунды, ушедшие на приглашения',
  operatingHint: (limit, window) =>
    `Портал отводит приглашениям ${limit} из каждых ${window}; потом программа ждёт.`,
  invited: 'Приглашения за последний час',
  inFlight: 'Запросов в работе',
  cost: 'Время сервера на одно приглашение',
  unknownCost: 'до первого неизвестно',
  costOverTime: 'Время сервера на одно приглашение за последний час, мс',
  milliseconds: (n) => `${n} мс`,
  of: (n, limit) => `${n} из ${limit}`,
  overTime: (what) => `${what}, за последний час`,
  errors: 'В чём портал отказал',
  noErrors: 'Пока ни в чём.',
  errorHead: { when: 'Когда', what: 'Что' },
  nowTitle: 'Сейчас',
};

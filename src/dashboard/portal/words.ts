import { inBoth } from '../language/in-both.ts';

export const portalWords = inBoth(
  {
    title: 'Portal',
    open: 'The portal takes invitations.',
    requests: 'Requests waiting at the portal',
    requestsHint: (perSecond: string) =>
      `The portal takes ${perSecond} a second on average; when its bucket is full, the program waits.`,
    operating: 'Seconds used for inviting',
    operatingHint: (limit: string, window: string) =>
      `The portal gives inviting ${limit} within any ${window}; then the program waits.`,
    invited: 'Invitations over the last hour',
    inFlight: 'Requests under way',
    cost: 'Server time for one invitation',
    unknownCost: 'not known before the first',
    costOverTime: 'Server time for one invitation over the last hour, ms',
    milliseconds: (n: string) => `${n} ms`,
    of: (n: string, limit: string) => `${n} of ${limit}`,
    overTime: (what: string) => `${what}, over the last hour`,
    errors: 'What the portal refused',
    noErrors: 'Nothing so far.',
    errorHead: { when: 'When', what: 'What' },
    nowTitle: 'Now',
  },
  {
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
  },
);

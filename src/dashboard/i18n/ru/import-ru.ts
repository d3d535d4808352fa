import { countedRu, pluralRu } from '../../../messages/ru/counted-ru.ts';
import type { importEn } from '../en/import-en.ts';

const invitations = (n: number): string =>
  countedRu(n, 'приглашение', 'приглашения', 'приглашений');

const left = (n: number): string =>
  `${invitations(n)} уже у портала, ${pluralRu(n, 'его', 'их', 'их')} итог пока неизвестен`;

export const importRu: typeof importEn = {
  views: {
    '': 'Ход',
    review: 'Перед запуском',
    pairs: 'Приглашения',
    groups: 'Группы',
    history: 'История',
  },
  viewsOf: 'Виды этого импорта',
  pause: 'Приостановить',
  resume: 'Продолжить',
  cancel: 'Отменить',
  cancelQuestion: (inFlight) =>
    inFlight === 0
      ? 'Отменить импорт? Кто приглашён, останется приглашён; больше никого не пригласят. Чтобы продолжить позже, загрузите файл снова.'
      : `Отменить импорт? Кто приглашён, останется приглашён; ${invitations(inFlight)} уже у портала и ещё ${pluralRu(inFlight, 'может', 'могут', 'могут')} уйти, больше никого не пригласят. Чтобы продолжить позже, загрузите файл снова.`,
  yesCancel: 'Да, отменить',
  no: 'Нет, оставить',
  now: {
    starting: 'Запускается…',
    running: 'Приглашения уходят.',
    pausing: (n) =>
      `Приостанавливается: ${left(n)}. Больше ничего не уйдёт, пока вы не продолжите.`,
    paused: 'Приостановлено: ничего не уходит, пока вы не продолжите.',
    finished: 'У всех строк есть итог.',
    cancelling: (n) => `Отменяется: ${left(n)}. Больше ничего не уйдёт.`,
    cancelled: 'Отменено: больше ничего не уйдёт.',
  },
  perMinute: (n) => `Сейчас ${countedRu(n, 'пара', 'пары', 'пар')} в минуту.`,
  left: (time) => `Осталось примерно ${time}.`,
  waitingUntil: (time) => `Ждём портал до ${time}`,
  waitingFor: {
    requests: 'он принимает лишь столько запросов в секунду.',
    operating: 'он отводит приглашениям часть каждых десяти минут, и она исчерпана.',
    hold: 'тогда спросим его снова.',
    redis: 'Ждём Redis: он не отвечает; проверьте, что с ним.',
    groups: 'тогда снова попробуем оставшиеся группы, см. выше.',
    import: 'Ждём другой импорт: те же приглашения сейчас отправляет он.',
  },
  waitingGroupsTitle: (n) =>
    `${countedRu(n, 'группа ждёт', 'группы ждут', 'групп ждут')}; остальные идут дальше`,
  waitingGroup: (group, step, since) =>
    step === 'read'
      ? `С ${since} не удаётся прочитать, что стало с приглашениями: ${group}.`
      : `С ${since} не удаётся пригласить: ${group}.`,
  waitingGroupSaid: (said) => `Портал отвечает: ${said}.`,
  waitingGroupNext: (time) => `Следующая попытка в ${time}.`,
  waitingGroupDue: 'Пора пробовать снова.',
  group: (id, name) => (name === null ? `группа ${id}` : `${name} (группа ${id})`),
  doneOf: (done, all, percent) => `Итог есть у ${done} из ${all} (${percent})`,
  took: (time) => `Заняло ${time}.`,
  holdTitle: 'Портал не принимает приглашения',
  holdTries: (n) =>
    n === 0
      ? 'Повторных попыток ещё не было; '
      : `С тех пор ${countedRu(n, 'попытка', 'попытки', 'попыток')}; `,
  holdNext: (time) => `следующая в ${time}.`,
  asking: 'Сейчас снова спрашиваем портал.',
  checkDue: 'Пора снова спросить портал.',
  holdDue: 'пора сделать следующую.',
  holdTried: 'следующая идёт прямо сейчас.',
  tryNow: 'Попробовать сейчас',
  rateTitle: 'Приглашений в минуту',
  rateNone: 'Записанных приглашений пока нет.',
  rateSummary: (most, from, to) => `Приглашений в минуту с ${from} до ${to}, не больше ${most}`,
  message: 'Текст приглашения',
  reasonsTitle: 'Что вышло',
  show: 'Показать',
  download: 'Скачать',
  downloadAll: 'Скачать всё (CSV)',
  retry: (n) => `Повторить эти ${n}`,
  retryAll: (n) => `Повторить все ${n}`,
};

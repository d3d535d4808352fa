import { countedRu, pluralRu } from '../../../messages/ru/counted-ru.ts';
import { outcomesRu } from '../../../messages/ru/outcomes-ru.ts';
import type { importEn } from '../en/import-en.ts';

const { state } = outcomesRu;

const invitations = (n: number): string =>
  countedRu(n, 'приглашение', 'приглашения', 'приглашений');

const inFlight = (n: number): string =>
  n === 0
    ? ''
    : `${invitations(n)} уже ${pluralRu(n, 'передано', 'переданы', 'передано')} в Битрикс24 и ${pluralRu(n, 'ждёт', 'ждут', 'ждут')} результата. `;

const leftOut = (n: number): string =>
  n === 0 ? '' : `Битрикс24 не отправил ${invitations(n)}; причина выясняется. `;

const KEPT = 'Уже приглашённые останутся приглашёнными.';
const LATER = 'Остальных можно пригласить позже.';

export const importRu: typeof importEn = {
  views: {
    '': 'Ход',
    review: 'Проверка',
    pairs: 'Приглашения',
    groups: 'Группы',
    history: 'История',
  },
  viewsOf: 'Разделы импорта',
  pause: 'Приостановить',
  resume: 'Продолжить',
  cancel: 'Отменить',
  cancelQuestion: (sent) =>
    sent === 0
      ? `Отменить импорт? ${KEPT} Больше никто не будет приглашён. ${LATER}`
      : `Отменить импорт? ${KEPT} ${invitations(sent)} уже ${pluralRu(sent, 'передано', 'переданы', 'передано')} в Битрикс24 и ещё ${pluralRu(sent, 'может', 'могут', 'могут')} дойти. Больше никто не будет приглашён. ${LATER}`,
  yesCancel: 'Отменить импорт',
  no: 'Назад',
  now: {
    starting: 'Запуск…',
    running: state.running.meaning,
    pausing: (n, left) =>
      `Приостанавливаем… ${inFlight(n)}${leftOut(left)}Больше ничего не отправляется, пока вы не продолжите.`,
    paused: `Приостановлено. ${state.paused.meaning}`,
    cancelling: (n, left) =>
      `Отменяем… ${inFlight(n)}${leftOut(left)}Больше ничего не отправляется.`,
    cancelled: 'Больше ничего не отправляется.',
  },
  trying: (n) =>
    `Сейчас отправляются только первые приглашения: ${n}. Затем импорт приостановится.`,
  tried: (n, invited, rest) =>
    `Проба, приглашений: ${n}, приглашено: ${invited}. Проверьте результат в Битрикс24, затем пригласите остальных (${rest.toLocaleString('ru')}) или отмените импорт.`,
  sendRest: (n) => `Пригласить остальных (${n.toLocaleString('ru')})`,
  perMinute: (n) => `Скорость: ${n.toLocaleString('ru')} в минуту.`,
  left: (time) => (time ? `Осталось примерно ${time}.` : 'Осталось меньше минуты.'),
  continuesAt: (time) => `Продолжение в ${time}.`,
  nextAttempt: (time) => `Следующая попытка в ${time}.`,
  waitingFor: {
    requests: 'Достигнут лимит запросов Битрикс24.',
    operating: 'Достигнут лимит Битрикс24 на приглашения за десять минут.',
    hold: 'Битрикс24 не принимает приглашения.',
    redis: 'Redis не отвечает. Проверьте, что он работает.',
    groups: 'Остались только группы с ошибками (см. выше).',
    import: 'Ожидание другого импорта, который отправляет те же приглашения.',
    quiet_hours: 'В часы тишины приглашения не отправляются.',
  },
  waitingGroupsTitle: (n) =>
    `${countedRu(n, 'группа', 'группы', 'групп')} с ошибкой, попытки повторяются; остальные обрабатываются`,
  waitingGroup: (group, step, since) =>
    step === 'read'
      ? `С ${since} не удаётся проверить приглашения: ${group}.`
      : `С ${since} не удаётся приглашать: ${group}.`,
  waitingGroupError: (said) => `Ответ Битрикс24: ${said}.`,
  waitingGroupNext: (time) => `Следующая попытка в ${time}.`,
  waitingGroupDue: 'Следующая попытка вот-вот начнётся.',
  group: (id, name) => (name === null ? `группа ${id}` : `${name} (группа ${id})`),
  progress: (invited, pending, percent) =>
    `Приглашено: ${invited}, осталось: ${pending} (${percent})`,
  ended: {
    finished: (time) => (time === null ? 'Завершено' : `Завершено за ${time}`),
    cancelled: (time) => (time === null ? 'Отменено' : `Отменено через ${time}`),
  },
  invited: (n) => `приглашено ${n}`,
  attention: (text, n) => `${text} ${pluralRu(n, 'требует', 'требуют', 'требуют')} внимания`,
  besides: 'Не вошли:',
  holdTitle: 'Битрикс24 не принимает приглашения',
  holdMeaning:
    'Никто не приглашается. Ничего не потеряно: импорт продолжится сам, когда Битрикс24 снова начнёт принимать приглашения.',
  holdAsk: 'Попросите администратора Битрикс24 или этой программы сделать следующее:',
  holdDetails: 'Технические подробности',
  holdTries: (n) => (n === 0 ? '' : `Повторных попыток: ${n.toLocaleString('ru')}. `),
  holdNext: (time) => `Следующая попытка в ${time}.`,
  holdDue: 'Следующая попытка вот-вот начнётся.',
  holdTried: 'Пробуем ещё раз…',
  tryNow: 'Повторить сейчас',
  rateTitle: 'Приглашений в минуту',
  rateNone: 'Приглашений пока нет.',
  rateSummary: (most, from, to) => `Приглашений в минуту с ${from} до ${to}, не больше ${most}`,
  message: 'Текст приглашения',
  reasonsTitle: 'Результаты',
  switchedOff:
    'Никто не приглашён, а причину Битрикс24 не сообщает. Возможно, там отключены группы: проверьте инструменты в его настройках и повторите.',
  show: 'Показать',
  download: 'Скачать',
  downloadAll: 'Скачать результаты (CSV)',
  retry: (n) => `Повторить (${n})`,
  inviteRest: (n) => `Пригласить сейчас (${n})`,
  retrying: (invited, pairs) => `Повтор: пока приглашено ${invited} из ${pairs}.`,
  retried: (invited, pairs) => `Последний повтор: теперь приглашено ${invited} из ${pairs}.`,
  retryAll: (n) => `Повторить все (${n})`,
};

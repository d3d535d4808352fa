import type { PairFinding } from '../../../domain/imports/import-check.ts';
import { auditDetailsRu } from '../../../messages/ru/audit-details-ru.ts';
import { countedRu } from '../../../messages/ru/counted-ru.ts';

import type { pairEn } from '../en/pair-en.ts';

/** What the check before the start found, as a filter. */
const FINDINGS: Readonly<Record<string, string>> = {
  missing: 'Только те, кого вебхук не видит',
  dismissed: 'Только уволенные',
  unnotified: 'Только те, кому не придёт уведомление',
  closed: 'Только группы, куда нельзя пригласить никого',
} satisfies Record<PairFinding, string>;

export const pairRu: typeof pairEn = {
  pairs: 'Приглашения',
  outcome: 'Результат',
  reason: 'Причина',
  any: 'Все',
  text: 'Имя, адрес эл. почты или номер',
  only: {
    group_id: (id) => `Только группа ${id}`,
    user_id: (id) => `Только сотрудник ${id}`,
    found: (finding) => FINDINGS[finding] ?? finding,
  },
  results: (n, isExact) =>
    `${isExact ? 'Найдено' : 'Найдено больше чем'}: ${n.toLocaleString('ru')}`,
  notSorted: 'Чтобы отсортировать, уточните поиск.',
  selected: (n) => `Выбрано: ${n}`,
  select: (line) => `Выбрать строку ${line}`,
  selectAll: 'Выбрать всё на этой странице',
  retrySelected: 'Повторить выбранные',
  retryFound: 'Повторить найденные',
  leaveOutSelected: 'Не отправлять выбранные',
  leaveOutFound: 'Не отправлять найденные',
  leaveOutQuestion: (n) =>
    `Не отправлять те из найденных (${n}), что ещё не отправлены? Пригласить их можно и позже.`,
  yesLeaveOut: 'Не отправлять',
  downloadSelected: 'Скачать выбранные (CSV)',
  downloadFound: 'Скачать найденные (CSV)',
  find: 'Найти',
  clear: 'Сбросить фильтры',
  none: 'По этим фильтрам ничего не найдено.',
  noOutcome: (text) => `Результата «${text}» не существует.`,
  noReason: (text) => `Причины «${text}» не существует.`,
  wrongAddress: 'В ссылке на эту страницу неверные фильтры',
  removeInvalid: 'Убрать неверные фильтры',
  head: {
    line: 'Строка',
    group: 'Группа',
    person: 'Сотрудник',
    outcome: 'Результат',
    why: 'Причина',
    when: 'Время',
  },
  attempts: (n) => countedRu(n, 'попытка', 'попытки', 'попыток'),
  groups: 'Группы',
  groupHead: { group: 'Группа', pairs: 'В файле' },
  noGroups: 'В файле нет групп.',
  history: 'История',
  historyHead: { when: 'Время', who: 'Кто', what: 'Действие' },
  actor: { admin: 'Администратор', cli: 'Командная строка', worker: 'Bulk Invite' },
  action: {
    upload: 'Загрузка файла',
    import: 'Чтение файла',
    start: 'Запуск',
    pause: 'Приостановка',
    resume: 'Продолжение',
    cancel: 'Отмена',
    retry: 'Повтор',
    'retry chosen': 'Повтор выбранных',
    'leave out': 'Выбранные не отправляются',
    'retry result': 'Результат повтора',
    finish: 'Завершение',
    hold: 'Битрикс24 перестал принимать приглашения',
    release: 'Битрикс24 снова принимает приглашения',
    'try now': 'Повторная попытка',
    'upload and start': 'Загрузка файла, запуск автоматически',
    reread: 'Изменение формата файла',
    message: 'Изменение текста приглашения',
    replace: 'Замена прежнего импорта',
    'long wait': 'Ожидание портала',
    archive: 'Перемещение в архив',
    unarchive: 'Возврат из архива',
    forget: 'Удаление данных человека',
  },
  retried: (reason) => `Повтор: ${reason}`,
  audit: auditDetailsRu,
};

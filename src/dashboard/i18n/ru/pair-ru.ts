import { countedRu } from '../../../messages/ru/counted-ru.ts';

const invitations = (n: number) => countedRu(n, 'приглашение', 'приглашения', 'приглашений');

import type { pairEn } from '../en/pair-en.ts';

export const pairRu: typeof pairEn = {
  pairs: 'Приглашения',
  outcome: 'Результат',
  reason: 'Причина',
  any: 'Все',
  group: 'Номер группы',
  user: 'Номер сотрудника',
  find: 'Найти',
  clear: 'Сбросить фильтры',
  none: 'По этим фильтрам ничего не найдено.',
  noOutcome: (text) => `Результата «${text}» не существует.`,
  noReason: (text) => `Причины «${text}» не существует.`,
  noNumber: 'Введите номер цифрами, например 15.',
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
    'upload and start': 'Загрузка файла, запуск автоматически',
    reread: 'Изменение формата файла',
    replace: 'Замена прежнего импорта',
    'long wait': 'Ожидание портала',
  },
  retried: (reason) => `Повтор: ${reason}`,
  audit: {
    rows: ({ file, rows }) => `${file}, ${countedRu(rows, 'строка', 'строки', 'строк')}`,
    rows_and_pairs: ({ file, rows, pairs }) =>
      `${file}, ${countedRu(rows, 'строка', 'строки', 'строк')}, ${invitations(pairs)}`,
    pairs: ({ pairs }) => invitations(pairs),
    until: ({ time }) => `до ${time}`,
    file: ({ file }) => file,
    replaces: ({ id }) => `импорт ${id}`,
    hold: ({ error, description }) => `${error}: ${description}`,
    verbatim: ({ text }) => text,
  },
};

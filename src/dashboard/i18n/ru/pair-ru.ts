import { countedRu } from '../../../messages/ru/counted-ru.ts';

const invitations = (n: number) => countedRu(n, 'приглашение', 'приглашения', 'приглашений');

import type { pairEn } from '../en/pair-en.ts';

export const pairRu: typeof pairEn = {
  pairs: 'Приглашения',
  outcome: 'Итог',
  reason: 'Причина',
  any: 'Любые',
  group: 'Номер группы',
  user: 'Номер человека',
  find: 'Найти',
  clear: 'Показать все',
  none: 'Таких нет.',
  noOutcome: (text) => `Итога «${text}» не бывает.`,
  noReason: (text) => `Причины «${text}» не бывает.`,
  noNumber: 'Такого номера не бывает. Нужны только цифры, например 15.',
  wrongAddress: 'В адресе этой страницы указано то, чего не бывает',
  drop: 'Показать без этого',
  head: {
    line: 'Строка',
    group: 'Группа',
    person: 'Человек',
    outcome: 'Итог',
    why: 'Почему',
    when: 'Когда',
  },
  attempts: (n) => countedRu(n, 'попытка', 'попытки', 'попыток'),
  groups: 'Группы',
  groupHead: { group: 'Группа', pairs: 'В файле' },
  noGroups: 'Ни в одной строке файла нет группы.',
  history: 'Что сделано и кем',
  historyHead: { when: 'Когда', who: 'Кто', what: 'Что' },
  actor: { admin: 'администратор', cli: 'командная строка', worker: 'программа' },
  action: {
    upload: 'загрузка файла',
    import: 'файл прочитан',
    start: 'запуск',
    pause: 'приостановка',
    resume: 'продолжение',
    cancel: 'отмена',
    retry: 'повтор неудач',
    'upload and start': 'загрузка файла с запуском',
    reread: 'чтение файла по-другому',
    replace: 'чтение файла по-другому, вместо импорта',
    'long wait': 'ожидание портала',
  },
  retried: (reason) => `повтор: ${reason}`,
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

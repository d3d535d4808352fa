import type { AUDIT_DETAILS } from '../../domain/audit-details.ts';
import { counted, countedRu } from '../language/counted.ts';
import { inBoth } from '../language/in-both.ts';
import type { Sayings } from '../language/say.ts';

const invitations = (n: number) => countedRu(n, 'приглашение', 'приглашения', 'приглашений');

const auditEn: Sayings<typeof AUDIT_DETAILS> = {
  rows: ({ file, rows }) => `${file}, ${counted(rows, 'row', 'rows')}`,
  rows_and_pairs: ({ file, rows, pairs }) =>
    `${file}, ${counted(rows, 'row', 'rows')}, ${counted(pairs, 'invitation', 'invitations')}`,
  pairs: ({ pairs }) => counted(pairs, 'invitation', 'invitations'),
  until: ({ time }) => `until ${time}`,
};

export const pairWords = inBoth(
  {
    pairs: 'Invitations',
    outcome: 'Outcome',
    reason: 'Reason',
    any: 'Any',
    group: 'Group number',
    user: 'Person number',
    find: 'Find',
    clear: 'Show all',
    none: 'Nothing is like that.',
    head: {
      line: 'Line',
      group: 'Group',
      person: 'Person',
      outcome: 'Outcome',
      why: 'Why',
      when: 'When',
    },
    attempts: (n: number) => counted(n, 'attempt', 'attempts'),
    groups: 'Groups',
    groupHead: { group: 'Group', pairs: 'In the file' },
    noGroups: 'No line of the file names a group.',
    history: 'What was done, and by whom',
    historyHead: { when: 'When', who: 'Who', what: 'What' },
    actor: { admin: 'an administrator', cli: 'command line', worker: 'the program' },
    action: {
      upload: 'handed the file in',
      import: 'read the file',
      start: 'started it',
      pause: 'paused it',
      resume: 'went on with it',
      cancel: 'cancelled it',
      retry: 'retried what failed',
      'upload and start': 'handed the file in, to be started at once',
      'long wait': 'waits for the portal',
    } as Readonly<Record<string, string>>,
    retried: (reason: string) => `retried: ${reason}`,
    audit: auditEn,
  },
  {
    pairs: 'Приглашения',
    outcome: 'Итог',
    reason: 'Причина',
    any: 'Любые',
    group: 'Номер группы',
    user: 'Номер человека',
    find: 'Найти',
    clear: 'Показать все',
    none: 'Таких нет.',
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
      'long wait': 'ожидание портала',
    },
    retried: (reason) => `повтор: ${reason}`,
    audit: {
      rows: ({ file, rows }) => `${file}, ${countedRu(rows, 'строка', 'строки', 'строк')}`,
      rows_and_pairs: ({ file, rows, pairs }) =>
        `${file}, ${countedRu(rows, 'строка', 'строки', 'строк')}, ${invitations(pairs)}`,
      pairs: ({ pairs }) => invitations(pairs),
      until: ({ time }) => `до ${time}`,
    },
  },
);

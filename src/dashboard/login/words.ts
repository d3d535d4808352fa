import { inBoth } from '../language/in-both.ts';

export const loginWords = inBoth(
  {
    title: 'Log in',
    what: 'Bulk Invite invites colleagues into Bitrix24 workgroups from a table.',
    token: 'Access key',
    hint: 'Whoever runs Bulk Invite has it: ADMIN_TOKEN to invite, VIEWER_TOKEN to look on. On your own computer, the link that the program printed at its start logs you in, once; the command login-link prints a new one.',
    ended:
      'Your session has ended. Log in to go on where you were; an invitation text that you had not saved is still there.',
    enter: 'Log in',
    wrong: 'This key is not right.',
    missing: 'Enter the key.',
  },
  {
    title: 'Вход',
    what: 'Bulk Invite приглашает коллег в рабочие группы Битрикс24 из таблицы.',
    token: 'Ключ доступа',
    hint: 'Он есть у того, кто запускает Bulk Invite: ADMIN_TOKEN, чтобы приглашать, VIEWER_TOKEN, чтобы смотреть. На своём компьютере войти можно, один раз, по ссылке, которую программа напечатала при запуске; новую даст команда login-link.',
    ended:
      'Сеанс закончился. Войдите, чтобы продолжить с того же места; несохранённый текст приглашения никуда не денется.',
    enter: 'Войти',
    wrong: 'Ключ неверный.',
    missing: 'Введите ключ.',
  },
);

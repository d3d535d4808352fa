import { inBoth } from '../language/in-both.ts';

export const layoutWords = inBoth(
  {
    loading: 'Loading…',
    again: 'Try again',
    unreachable: 'The server cannot be reached',
    unreachableRemedy: 'Look whether it runs, then try again.',
    unreachableGoesOn: 'Look whether it runs; this page tries again by itself.',
    newest: 'To the beginning',
    next: 'Next page',
    pages: 'Pages',
  },
  {
    loading: 'Загрузка…',
    again: 'Повторить',
    unreachable: 'Сервер не отвечает',
    unreachableRemedy: 'Проверьте, запущен ли он, и попробуйте снова.',
    unreachableGoesOn: 'Проверьте, запущен ли он; страница попробует снова сама.',
    newest: 'В начало',
    next: 'Дальше',
    pages: 'Страницы',
  },
);

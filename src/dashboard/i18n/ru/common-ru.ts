import type { commonEn } from '../en/common-en.ts';

export const commonRu: typeof commonEn = {
  loading: 'Загрузка…',
  again: 'Повторить',
  unreachable: 'Сервер не отвечает',
  unreachableRemedy: 'Проверьте, запущен ли он, и попробуйте снова.',
  unreachableGoesOn: 'Проверьте, запущен ли он; страница попробует снова сама.',
  newest: 'В начало',
  next: 'Дальше',
  pages: 'Страницы',
  outcomeBar: 'Что стало со строками',
};

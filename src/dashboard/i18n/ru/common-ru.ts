import type { commonEn } from '../en/common-en.ts';

export const commonRu: typeof commonEn = {
  loading: 'Загрузка…',
  tryAgain: 'Повторить попытку',
  unreachable: 'Сервер недоступен',
  unreachableRemedy: 'Проверьте, что сервер запущен, и повторите попытку.',
  unreachableRetrying: 'Проверьте, что сервер запущен. Страница повторяет попытки сама.',
  firstPage: 'В начало',
  nextPage: 'Дальше',
  limit: (n) => `Лимит ${n}`,
  page: (n) => `Страница ${n}`,
  pages: 'Страницы',
  excel: 'Excel (XLSX)',
  outcomeBar: 'Результаты',
  outcomeMeanings: 'Что означают результаты',
};

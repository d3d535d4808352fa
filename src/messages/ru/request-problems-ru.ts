import type { ProblemTemplates } from '../problem-templates.ts';

/** Of requests that the server does not take as they are. */
export const requestProblemsRu = {
  fields_wrong: ({ fields }) => [`Неверно: ${fields}.`],
  cursor_unknown: () => ['Такой страницы в списке нет.', 'Вернитесь к началу списка.'],
  nothing_here: () => ['Здесь ничего нет.'],
  method_unknown: ({ method, allowed }) => [`Здесь нет ${method}, есть ${allowed}.`],
  request_malformed: () => ['Запрос составлен не по правилам HTTP.'],
  json_malformed: () => ['Данные запроса — не JSON в UTF-8.'],
  head_too_large: () => ['Заголовки запроса слишком длинные.'],
  head_too_slow: () => ['Запрос пришёл не до конца.', 'Отправьте его ещё раз.'],
  server_ending: () => ['Программа завершает работу.', 'Попробуйте, когда она снова запустится.'],
  type_not_taken: () => ['Данные такого типа здесь не принимаются.'],
  file_unsent: () => ['В запросе нет файла.', 'Выберите файл и отправьте его.'],
  start_meanwhile: ({ id }) => [
    `Этот файл ещё читается как импорт ${id}, который не просили запускать.`,
    `Запустите импорт ${id}, когда файл будет прочитан.`,
  ],
  key_reused: () => ['Этот ключ идемпотентности уже был у другого запроса.'],
  key_in_flight: () => ['Запрос с этим ключом ещё выполняется.', 'Повторите чуть позже.'],
  key_malformed: () => ['Ключ идемпотентности составлен неверно.'],
} satisfies Partial<ProblemTemplates>;

import type { ProblemTemplates } from '../problem-templates.ts';

/** Of requests that the server rejects. */
export const requestProblemsRu = {
  fields_wrong: ({ fields }) => [`Неверные данные: ${fields}.`],
  cursor_unknown: () => ['Такой страницы в списке нет.', 'Вернитесь к началу списка.'],
  nothing_here: () => ['Такого адреса нет.'],
  method_unknown: ({ method, allowed }) => [
    `Метод ${method} не поддерживается. Поддерживаются: ${allowed}.`,
  ],
  request_malformed: () => ['Запрос не соответствует HTTP.'],
  json_malformed: () => ['Данные запроса — не JSON в UTF-8.'],
  head_too_large: () => ['Заголовки запроса слишком длинные.'],
  head_too_slow: () => ['Запрос не был получен полностью.', 'Отправьте его ещё раз.'],
  server_ending: () => ['Программа завершает работу.', 'Повторите, когда она снова запустится.'],
  type_not_taken: () => ['Данные такого типа не принимаются.'],
  file_unsent: () => ['В запросе нет файла.', 'Выберите файл и загрузите его.'],
  start_meanwhile: ({ id }) => [
    `Этот файл ещё читается как импорт ${id} без автоматического запуска.`,
    `Запустите импорт ${id}, когда файл будет прочитан.`,
  ],
  key_reused: () => ['Этот ключ идемпотентности уже использован другим запросом.'],
  key_in_flight: () => ['Запрос с этим ключом ещё выполняется.', 'Повторите чуть позже.'],
  key_malformed: () => ['Неверный ключ идемпотентности.'],
} satisfies Partial<ProblemTemplates>;

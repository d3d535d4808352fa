import type { ProblemKind } from '../en/problem-titles-en.ts';

export const PROBLEM_TITLES_RU: Record<ProblemKind, string> = {
  invalid_request: 'Запрос составлен неверно',
  login_required: 'Нужно войти',
  wrong_token: 'Неверный ключ',
  admins_only: 'Это может только администратор',
  foreign_origin: 'Запрос пришёл с чужого сайта',
  not_found: 'Не найдено',
  method_not_allowed: 'Так обращаться нельзя',
  timeout: 'Запрос пришёл не до конца',
  wrong_state: 'В этом состоянии невозможно',
  key_in_flight: 'Запрос с этим ключом ещё выполняется',
  too_large: 'Отправлено слишком много',
  unsupported_media_type: 'Такие файлы не принимаются',
  unreadable_file: 'Файл не удалось прочитать',
  key_reused: 'Ключ идемпотентности занят',
  too_many_attempts: 'Слишком много попыток',
  head_too_large: 'Слишком длинные заголовки запроса',
  internal: 'Произошло непредвиденное',
  unavailable: 'Сейчас недоступно',
};
